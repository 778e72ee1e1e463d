/** What useAudienceRoom() and useAnchorRoom() both return, for the windows on the room's link-mic. */
import type { Ref } from 'vue'
import type { createRoomLink } from './roomLink'
import type { Room } from '@/shared/protocol/rest'
import { watch } from 'vue'

export interface RoomHome extends Pick<ReturnType<typeof createRoomLink>, 'channel' | 'time' | 'now'> {
  readonly room: Readonly<Ref<Room | undefined>>
}

/** Opens something for the room that is there, and for every one that takes its place. Returns the stop of the last. */
export function perRoom({ room }: Pick<RoomHome, 'room'>, open: (roomId: string) => () => void): () => void {
  let close = () => {}
  // At once: the first news of a room comes right after it.
  const stopWatching = watch(() => room.value?.id, (roomId) => {
    close()
    close = roomId === undefined ? () => {} : open(roomId)
  }, { immediate: true, flush: 'sync' })
  return () => {
    stopWatching()
    close()
    close = () => {}
  }
}
