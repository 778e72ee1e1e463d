/** What useAudienceRoom() and useAnchorRoom() both return, for the windows on the room's link-mic. */
import type { Ref } from 'vue'
import type { createRoomLink } from './roomLink'
import type { Room } from '@/shared/protocol/rest'

export interface RoomHome extends Pick<ReturnType<typeof createRoomLink>, 'channel' | 'time' | 'now'> {
  readonly room: Readonly<Ref<Room | undefined>>
}
