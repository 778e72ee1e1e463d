import type { RoomEffect } from '../../shared/domain/room'
import type { Room } from '../../shared/protocol/rest'
import type { ImServer } from '../im/ImServer'
import type { MediaProvider } from '../media/MediaProvider'
import type { RoomLog } from './log'

export type PerformEffect = (effect: RoomEffect, room: Room) => Promise<void>

/** Makes happen what the machine decided. The room has changed already: a failure is for the log, not for who asked. */
export function createRoomEffects({ media, im, log }: { media: Pick<MediaProvider, 'kick'>, im: ImServer, log: RoomLog }): PerformEffect {
  async function perform(effect: RoomEffect, room: Room): Promise<void> {
    switch (effect.type) {
      case 'announce':
        return im.broadcast(room.id, { type: 'roomChanged', room })
      case 'refuseStream':
        return media.kick(room.streamId)
      case 'close':
        await media.kick(room.streamId)
        await im.broadcast(room.id, { type: 'roomEnded', room })
        return im.closeRoom(room.id)
    }
  }

  return async (effect, room) => {
    try {
      await perform(effect, room)
    }
    catch (error) {
      log.error({ err: error, roomId: room.id, effect: effect.type }, 'an effect of a room failed')
    }
  }
}
