/** What both sides show of a room beside its picture, by the server's clock. */
import type { Ref } from 'vue'
import type { createRoomLink } from './roomLink'
import type { Room } from '@/shared/protocol/rest'
import { computed } from 'vue'

export function createRoomFigures(room: Readonly<Ref<Room | undefined>>, { now, online }: Pick<ReturnType<typeof createRoomLink>, 'now' | 'online'>) {
  return {
    /** The chat's own count is newer than the room's, and knows nobody elsewhere. */
    viewers: computed(() => online.value === undefined ? room.value?.viewers ?? 0 : online.value + (room.value?.viewersElsewhere ?? 0)),
    liveMs: computed(() => room.value?.startedAt ? now.value - room.value.startedAt : 0),
    /** Until the server ends the room for want of a stream; 0 while there is one. */
    graceMs: computed(() => Math.max(0, (room.value?.graceEndsAt ?? 0) - now.value)),
  }
}
