/** ImServer where Tencent IM carries the chat: rooms in memory, the cloud behind a queue. Only who creates a room waits for it. */
import type { RandomBytes } from '../../../shared/domain/ids'
import type { Room, User } from '../../../shared/protocol/rest'
import type { ChatFigures } from '../../chat/ChatHub'
import type { ChatLog } from '../../chat/log'
import type { Clock } from '../../clock'
import type { JudgeText } from '../../moderation/createTextJudge'
import type { ImAddresses } from '../ImAddresses'
import type { ImServer, ImServerEvents } from '../ImServer'
import type { PresenceDoor } from '../PresenceDoor'
import type { CallbackEvents } from './callbacks/callbackEvents'
import type { ImApi } from './imApi'
import type { LinkMicDoor } from './oldDialect/oldSignals'
import { TICK_MS } from '../../chat/limits'
import { RateMeter } from '../../chat/RateMeter'
import { CloudUnavailable, Forbidden, RoomEnded, RoomNotFound, Unavailable } from '../../errors'
import { createCallbackEvents } from './callbacks/callbackEvents'
import { createMessageJudge } from './callbacks/judgeMessage'
import { createGroup } from './createGroup'
import { ErrandQueue } from './ErrandQueue'
import { Introductions } from './Introductions'
import { CLOSE_GRACE_MS, COUNT_EVERY_MS, DESTROY_AFTER_MS, VITAL_MS } from './limits'
import { createOldSignals } from './oldDialect/oldSignals'
import { TencentRoom } from './TencentRoom'

export interface TencentIm {
  readonly im: ImServer
  readonly presence: PresenceDoor
  /** What the cloud tells, once it is known to be the cloud. */
  readonly callbacks: CallbackEvents
  /** Tells the cloud who this is. */
  introduce: (user: User) => void
  /** Holds for who is in a room now. */
  rename: (user: User) => void
  figures: () => ChatFigures
  /** Groups of rooms that have ended are destroyed, if the cloud answers soon. May be called twice. */
  close: () => Promise<void>
}

export interface TencentImOptions {
  readonly api: ImApi
  readonly addresses: ImAddresses
  readonly admin: string
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  /** In [0, 1). */
  readonly random: () => number
  readonly log: ChatLog
  readonly judgeText: JudgeText
  /** Undefined when there is no such person, any more. */
  readonly findUser: (userId: string) => Promise<User | undefined>
  /** What rooms do for who asks by a message of the old room service. */
  readonly linkMic: LinkMicDoor
  /** What everybody may know of a room; undefined when there is none. */
  readonly roomFor: (roomId: string) => Promise<Room | undefined>
  /** For tests, which do not wait so long. */
  readonly countEveryMs?: number
  readonly destroyAfterMs?: number
}

export function createTencentIm({ api, addresses, admin, clock, randomBytes, random, log, judgeText, findUser, linkMic, roomFor, countEveryMs = COUNT_EVERY_MS, destroyAfterMs = DESTROY_AFTER_MS }: TencentImOptions): TencentIm {
  const rooms = new Map<string, TencentRoom>()
  const destructions = new Map<string, () => void>()
  const listeners = new Set<Partial<ImServerEvents>>()
  const queue = new ErrandQueue({ clock, random, log })
  const introductions = new Introductions(queue, api)
  const saidRate = new RateMeter()
  const counts = { said: 0, refused: 0 }
  let isClosed = false
  const events: ImServerEvents = {
    onlineChanged: (...news) => listeners.forEach(listener => listener.onlineChanged?.(...news)),
    joined: (...news) => listeners.forEach(listener => listener.joined?.(...news)),
    said: (...news) => {
      counts.said++
      listeners.forEach(listener => listener.said?.(...news))
    },
    presenceChanged: (...news) => listeners.forEach(listener => listener.presenceChanged?.(...news)),
  }

  function open(roomId: string): TencentRoom {
    const room = rooms.get(roomId) ?? new TencentRoom({ roomId, addresses, api, queue, clock, randomBytes, events })
    rooms.set(roomId, room)
    return room
  }

  /** Not at once: the end has to arrive first. */
  function destroyLater(roomId: string): void {
    destructions.get(roomId)?.()
    destructions.set(roomId, clock.after(destroyAfterMs, () => {
      destructions.delete(roomId)
      const forget = () => void rooms.delete(roomId)
      const run = async (): Promise<void> => {
        if (!rooms.get(roomId)?.hasEnded)
          return // has begun anew
        if (isGroupOf(roomId))
          await api.destroyGroup(roomId)
        forget()
      }
      queue.add({ key: roomId, command: 'destroy_group', priority: 'High', isVital: true, ttlMs: VITAL_MS, run, givenUp: forget })
    }))
  }

  /** Any group of the application may be called so. */
  const hasChosenName = (roomId: string) => addresses.groupOf(roomId) !== roomId

  /** A name that the room's creator chose may be another room's by now. */
  const isGroupOf = (roomId: string) => addresses.roomAt(addresses.groupOf(roomId)) === roomId

  const im: ImServer = {
    async createRoom(roomId, anchorId) {
      const present = rooms.get(roomId)
      if (present?.hasEnded === false)
        return present.begin(anchorId)
      destructions.get(roomId)?.()
      destructions.delete(roomId)
      const owner = addresses.isOldClient(anchorId) ? anchorId : undefined
      const owned = await createGroup(api, clock, roomId, owner).catch((error: unknown) => {
        log.error({ err: error, roomId }, 'Tencent IM has made no group for a room')
        throw CloudUnavailable('Tencent IM')
      })
      if (owned === 'foreign' && hasChosenName(roomId))
        throw Forbidden('There is a group of this name already, of somebody else.')
      if (owned === 'foreign')
        log.warn({ roomId }, 'the group of this room belongs to another account')
      open(roomId).begin(anchorId)
    },
    async closeRoom(roomId) {
      if (hasChosenName(roomId) && !rooms.has(roomId))
        return // it has not begun: a group of that name is not ours to destroy
      open(roomId).end()
      destroyLater(roomId)
    },
    async broadcast(roomId, news) {
      open(roomId).tell(news)
    },
    async moderate(roomId, anchorId, moderation) {
      open(roomId).moderate(anchorId, moderation)
    },
    async signal(roomId, userId, signal) {
      rooms.get(roomId)?.signal(userId, signal)
    },
    onlineCount: async roomId => rooms.get(roomId)?.online ?? 0,
    audience: async (roomId, limit) => rooms.get(roomId)?.visits.audience(limit) ?? [],
    listen(some) {
      listeners.add(some)
      return () => void listeners.delete(some)
    },
  }

  const presence: PresenceDoor = {
    async beat(roomId, user, beat) {
      const room = await roomFor(roomId)
      if (isClosed) // it may have been closed meanwhile
        throw Unavailable('The server is stopping.')
      if (!room)
        throw RoomNotFound(roomId)
      if (room.status === 'ended')
        throw RoomEnded(roomId)
      open(roomId).beat(user, beat, room.anchor.id === user.id)
      const group = addresses.groupOf(roomId)
      return group === roomId ? undefined : group
    },
    leave: (roomId, userId, visitId) => rooms.get(roomId)?.visits.leave(userId, visitId),
  }

  function tick(): void {
    for (const room of rooms.values())
      room.sweep()
    saidRate.record(counts.said, clock.now())
  }

  function countAll(): void {
    for (const [roomId, room] of rooms) {
      if (!room.hasEnded)
        queue.add({ key: `count ${roomId}`, command: 'get_online_member_num', priority: 'Lowest', replaces: 'count', ttlMs: countEveryMs, run: () => room.count() })
    }
  }

  const stops = [clock.every(TICK_MS, tick), clock.every(countEveryMs, countAll)]
  return {
    im,
    presence,
    callbacks: createCallbackEvents({
      rooms,
      addresses,
      admin,
      judgeMessage: createMessageJudge({ addresses, judgeText, findUser }),
      oldSignals: createOldSignals({ rooms, addresses, findUser, roomFor, linkMic, log }),
      clock,
      onSaid: events.said,
      onRefused: () => counts.refused++,
    }),
    introduce: user => introductions.introduce(user),
    rename: user => rooms.forEach(room => room.visits.rename(user)),
    figures() {
      const { done, givenUp } = queue.figures
      const sockets = [...rooms.values()].reduce((sum, { visits }) => sum + visits.people, 0)
      return { rooms: rooms.size, sockets, messagesPerSecond: saidRate.perSecond, said: counts.said, frames: done, passedOver: givenUp, refused: counts.refused }
    },
    async close() {
      isClosed = true
      stops.splice(0).forEach(stop => stop())
      queue.close()
      rooms.forEach(room => room.stop())
      rooms.clear()
      listeners.clear()
      const ended = [...destructions.keys()]
      destructions.forEach(stop => stop())
      destructions.clear()
      let stopWaiting = () => {}
      const patience = new Promise<void>(resolve => stopWaiting = clock.after(CLOSE_GRACE_MS, resolve))
      await Promise.race([patience, Promise.allSettled(ended.filter(isGroupOf).map(roomId => api.destroyGroup(roomId)))])
      stopWaiting()
    },
  }
}
