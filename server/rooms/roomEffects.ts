import type { Room } from '../../shared/protocol/rest'
import type { Clock } from '../clock'
import type { ImServer } from '../im/ImServer'
import type { MediaProvider } from '../media/MediaProvider'
import type { RoomLog } from './log'
import type { RecordEffect } from './roomSteps'
import type { RoomRecord } from './RoomStore'
import { streamIdOf } from '../../shared/domain/ids'
import { idsOf } from '../../shared/domain/moderation'
import { presentStanding } from './presentModeration'
import { presentView, seesChange } from './presentView'

/** A change that has been stored: the record on both sides of it, and what everybody may see of it. */
export interface StoredChange {
  readonly before: RoomRecord
  readonly after: RoomRecord
  readonly room: Room
}

export type PerformEffect = (effect: RecordEffect, change: StoredChange) => Promise<void>

export interface RoomEffectsOptions {
  readonly media: Pick<MediaProvider, 'kick' | 'mute'>
  readonly im: ImServer
  readonly clock: Clock
  readonly log: RoomLog
  /** This stream may go on all the same. */
  readonly isHeld: (streamId: string) => boolean
  readonly onLive?: (room: Room) => void
}

/** Makes happen what the machines decided. The room has changed already: a failure is for the log, not for who asked. */
export function createRoomEffects({ media, im, clock, log, isHeld, onLive }: RoomEffectsOptions): PerformEffect {
  /** Nobody waits for it: a media server may be slow, or away, while people have to hear what has become of their room. */
  function cut(streamId: string): void {
    if (isHeld(streamId))
      return
    media.kick(streamId).catch((error: unknown) => log.error({ err: error, streamId }, 'a stream could not be cut'))
  }

  async function perform(effect: RecordEffect, { before, after, room }: StoredChange): Promise<void> {
    switch (effect.type) {
      case 'announce':
        if (before.life.status !== 'live' && after.life.status === 'live' && after.isListed)
          onLive?.(room)
        return im.broadcast(room.id, { type: 'roomChanged', room })
      case 'refuseStream':
        return cut(room.streamId)
      case 'close':
        cut(room.streamId)
        await im.broadcast(room.id, { type: 'roomEnded', room })
        return im.closeRoom(room.id)
      case 'cut':
        return cut(streamIdOf(room.id, effect.userId))
      case 'mute':
        return media.mute(streamIdOf(room.id, effect.userId), { sound: effect.isMicMuted, picture: effect.isCameraMuted })
      case 'tell':
        return tell(before, after)
      case 'moderate':
        return im.moderate(room.id, room.anchor.id, idsOf(after.moderation))
      case 'standing':
        return im.signal(room.id, effect.userId, { type: 'standing', standing: presentStanding(after, effect.userId) })
    }
  }

  /** To each whom the change concerns, and to nobody else. */
  async function tell(before: RoomRecord, after: RoomRecord): Promise<void> {
    const people = new Set([after.anchor.id, ...[...before.stage.guests, ...after.stage.guests].map(({ user }) => user.id)])
    for (const userId of people) {
      if (seesChange(before, after, userId))
        await im.signal(after.id, userId, { type: 'linkMic', view: presentView(after, userId, clock.now()) })
    }
  }

  return async (effect, change) => {
    try {
      await perform(effect, change)
    }
    catch (error) {
      log.error({ err: error, roomId: change.room.id, effect: effect.type }, 'an effect of a room failed')
    }
  }
}
