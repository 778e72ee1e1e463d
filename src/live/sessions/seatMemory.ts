/** Which request this window has made, kept over a reload of its page. */
import type { KeyValue } from '@/src/ports/KeyValue'
import * as v from 'valibot'
import { ROOM_ID } from '@/shared/domain/ids'

const KEY = 'linkMic'
const Kept = v.object({ roomId: v.pipe(v.string(), v.regex(ROOM_ID)), requestId: v.pipe(v.string(), v.minLength(1), v.maxLength(36)) })

export interface SeatMemory {
  readonly requestId: string | null
  keep: (requestId: string) => void
  forget: () => void
}

/** @param windowStore what only this window sees */
export function createSeatMemory(windowStore: KeyValue, roomId: string): SeatMemory {
  return {
    get requestId() {
      const kept = v.safeParse(Kept, windowStore.read(KEY))
      return kept.success && kept.output.roomId === roomId ? kept.output.requestId : null
    },
    keep: requestId => windowStore.write(KEY, { roomId, requestId }),
    forget: () => windowStore.remove(KEY),
  }
}
