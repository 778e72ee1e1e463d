/**
 * The window on the stage: `useStage(audienceRoom, guest)` on the room's page, `useStage(anchorRoom)` on the anchor's, where
 * the two are what useAudienceRoom() and useAnchorRoom() return. Start it before the room is opened, stop it before it is closed.
 */
import type { Ref } from 'vue'
import type { GuestStore, StageStore } from './linkMicStores'
import type { RoomHome } from './roomHome'
import type { PlayUrls } from '@/shared/protocol/rest'
import { computed } from 'vue'

export interface StageHome extends RoomHome {
  /** The anchor's own stream, for who watches. */
  readonly play?: Readonly<Ref<PlayUrls | undefined>>
}

export function useStage(home: StageHome, _guest?: Pick<GuestStore, 'seat'>): StageStore {
  return {
    composition: computed(() => 'single'),
    tiles: computed(() => []),
    main: computed(() => ({ urls: home.play?.value, mode: 'live' as const })),
    start: () => () => {},
  }
}
