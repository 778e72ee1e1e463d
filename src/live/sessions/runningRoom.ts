/** The room that this device is the anchor of, kept over a killed app: where there is no address bar, only this leads back. */
import type { Publisher } from './anchorState'
import type { KeyValue } from '@/src/ports/KeyValue'
import type { RoomApi } from '@/src/ports/RoomApi'
import * as v from 'valibot'
import { ROOM_ID } from '@/shared/domain/ids'
import { ApiFailure } from '@/src/ports/RoomApi'

const KEY = 'runningRoom'
const Kept = v.object({ roomId: v.pipe(v.string(), v.regex(ROOM_ID)), by: v.picklist(['device', 'encoder']) })

export interface RunningRoom { readonly roomId: string, readonly by: Publisher, readonly title: string }

export interface RunningRoomMemory {
  keep: (roomId: string, by: Publisher) => void
  forget: () => void
  /** The room, if the server still waits for its anchor. */
  find: () => Promise<RunningRoom | undefined>
}

export function createRunningRoomMemory(keyValue: KeyValue, api: Pick<RoomApi, 'getRoom'>): RunningRoomMemory {
  const forget = () => keyValue.remove(KEY)
  return {
    keep: (roomId, by) => keyValue.write(KEY, { roomId, by }),
    forget,
    async find() {
      const kept = v.safeParse(Kept, keyValue.read(KEY))
      if (!kept.success)
        return undefined
      try {
        const { publish, room } = await api.getRoom(kept.output.roomId)
        if (publish && room.status !== 'ended')
          return { ...kept.output, title: room.title }
        forget()
      }
      catch (error) {
        if (!(error instanceof ApiFailure))
          throw error
      }
      return undefined
    },
  }
}
