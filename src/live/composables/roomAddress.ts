/** The address bar of the anchor's page. */
import type { Publisher } from '../stores/useAnchorRoom'
import { PATHS } from '@/src/composables/navigation'

/** Web: the address bar names the running room, so that a reload comes back to it. */
export function nameRunningRoom(roomId: string | undefined, by: Publisher): void {
  // #ifdef H5
  const query = roomId ? `?id=${roomId}${by === 'encoder' ? '&by=encoder' : ''}` : ''
  history.replaceState(history.state, '', `#${PATHS.anchor}${query}`)
  // #endif
}
