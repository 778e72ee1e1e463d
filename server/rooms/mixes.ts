/** Which rooms' stages the media engine composes into one stream, and which of these streams are there. */
import type { MediaEvent, MediaProvider, Mix } from '../media/MediaProvider'
import type { RoomLog } from './log'
import type { RoomRecord } from './RoomStore'
import { mixStreamIdOf, streamIdOf } from '../../shared/domain/ids'
import { seatedOf } from '../../shared/domain/stage'
import { createKeyedQueue } from '../keyedQueue'

export interface Mixes {
  /** Asks for, changes or ends the mix, as the room now is. */
  follow: (room: RoomRecord) => void
  /** Only these guests, by their ids, or, with null, all of them; holds while the room is open. */
  choose: (room: RoomRecord, userIds: readonly string[] | null) => void
  /** A mixed stream began or ended. @returns whether the room is mixed now and was not, or the other way round */
  note: (roomId: string, event: MediaEvent) => boolean
  isMixed: (roomId: string) => boolean
  readonly count: number
}

export function createMixes({ media, log }: { media: Pick<MediaProvider, 'capabilities' | 'mix' | 'stopMix'>, log: RoomLog }): Mixes {
  const asked = new Map<string, string>()
  const chosen = new Map<string, ReadonlySet<string>>()
  /** By room: the publication on air. A new one begins before the old one ends. */
  const onAir = new Map<string, string>()
  const inOrder = createKeyedQueue()

  function ask(roomId: string, work: () => Promise<void>): void {
    inOrder.run(roomId, work).catch((error: unknown) => log.error({ err: error, roomId }, 'a stage could not be mixed'))
  }

  function follow(room: RoomRecord): void {
    if (room.life.status === 'ended')
      chosen.delete(room.id)
    const mix = media.capabilities.mix ? mixOf(room, chosen.get(room.id)) : undefined
    const wish = mix && JSON.stringify(mix)
    if (asked.get(room.id) === wish)
      return
    const streamId = mixStreamIdOf(room.id)
    if (!mix || !wish) {
      asked.delete(room.id)
      return ask(room.id, () => media.stopMix(streamId))
    }
    asked.set(room.id, wish)
    ask(room.id, () => media.mix(streamId, mix))
  }

  return {
    follow,

    choose(room, userIds) {
      if (userIds)
        chosen.set(room.id, new Set(userIds))
      else
        chosen.delete(room.id)
      follow(room)
    },

    note(roomId, { type, sessionId }) {
      const before = onAir.has(roomId)
      if (type === 'publish')
        onAir.set(roomId, sessionId)
      else if (onAir.get(roomId) === sessionId)
        onAir.delete(roomId)
      return onAir.has(roomId) !== before
    },

    isMixed: roomId => onAir.has(roomId),

    get count() {
      return onAir.size
    },
  }
}

/** The anchor and whoever's stream is there; undefined when there is nothing to compose. */
function mixOf({ id, anchor, life, stage }: RoomRecord, chosen?: ReadonlySet<string>): Mix | undefined {
  const guests = seatedOf(stage)
    .filter(({ sessionId, user }) => sessionId !== null && (chosen?.has(user.id) ?? true))
    .map(({ user, seat, sound, picture }) => ({ streamId: streamIdOf(id, user.id), seat, hasPicture: picture.isOn && !picture.isMuted, hasSound: !sound.isMuted }))
  return life.status === 'live' && guests.length > 0 ? { anchorStreamId: streamIdOf(id, anchor.id), guests } : undefined
}
