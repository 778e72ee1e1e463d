/** One live room in a service on a virtual clock, with people at hand; chat and media are spoken by hand, rooms are in SQLite. */
import type { LinkMicCommand, LinkMicView } from '../../../shared/protocol/linkMic'
import type { Room, User } from '../../../shared/protocol/rest'
import type { Database } from '../../database/createDatabase'
import type { FindUser } from '../moderation'
import type { RoomService } from '../RoomService'
import { randomBytes } from 'node:crypto'
import { streamIdOf } from '../../../shared/domain/ids'
import { createDatabase } from '../../database/createDatabase'
import { FakeIm } from '../../testing/FakeIm'
import { FakeMedia } from '../../testing/FakeMedia'
import { settled, VirtualClock } from '../../testing/VirtualClock'
import { createRoomService } from '../RoomService'
import { createSqlRoomStore } from '../SqlRoomStore'

export const named = (name: string): User => ({ id: `u${name.toLowerCase()}`, nickname: name, avatar: 1 })
export const [anna, boris, clara, david, emma, felix] = ['Anna', 'Boris', 'Clara', 'David', 'Emma', 'Felix'].map(named)
const EVERYBODY: readonly User[] = [anna, boris, clara, david, emma, felix]

export interface StageWorldOptions {
  /** Of an earlier world, to see what a restart finds. */
  readonly file?: string
  readonly clock?: VirtualClock
  readonly canMix?: boolean
  /** By default the people at hand. */
  readonly findUser?: FindUser
  /** Before the rooms of the last run are taken up. */
  readonly prepare?: (world: StageWorld) => void
}

export async function openStageWorld({ file = ':memory:', clock = new VirtualClock(), canMix = false, findUser, prepare }: StageWorldOptions = {}): Promise<StageWorld> {
  const db = await createDatabase(file)
  const world = new StageWorld(db, clock, canMix, findUser)
  prepare?.(world)
  world.stop = await world.rooms.start()
  return world
}

export class StageWorld {
  readonly im = new FakeIm()
  readonly media: FakeMedia
  readonly rooms: RoomService
  readonly logged: string[] = []
  /** The rooms that somebody would be reminded of. */
  readonly wentLive: string[] = []
  stop!: () => Promise<void>
  private requests = 0

  constructor(private readonly db: Database, readonly clock: VirtualClock, canMix: boolean, findUser: FindUser = async id => EVERYBODY.find(user => user.id === id)) {
    this.media = new FakeMedia(clock.now, { mix: canMix })
    const note = (fields: object, message: string) => void this.logged.push(`${message} ${JSON.stringify(fields)}`)
    this.rooms = createRoomService({ store: createSqlRoomStore(db), media: this.media, im: this.im, findUser, clock, randomBytes, log: { info: note, error: note }, onLive: ({ id }) => this.wentLive.push(id) })
  }

  async close(): Promise<void> {
    await this.stop()
    await this.db.destroy()
  }

  /** Anna's room, on air, and she is in it. */
  async goLive(anchor = anna): Promise<Room> {
    const { id, streamId } = await this.rooms.create(anchor, { title: 'Evening' })
    this.media.publish(streamId)
    this.im.presence(id, anchor, 'here')
    await settled()
    return this.rooms.get(id)
  }

  async come(roomId: string, ...people: readonly User[]): Promise<void> {
    for (const user of people)
      this.im.presence(roomId, user, 'here')
    await settled()
  }

  say = (roomId: string, user: User, command: LinkMicCommand): Promise<LinkMicView> => this.rooms.linkMic.obey(roomId, user, command)
  view = (roomId: string, user: User): Promise<LinkMicView> => this.rooms.linkMic.view(roomId, user.id)

  /** @returns the request's id */
  async apply(roomId: string, user: User, medium: 'video' | 'voice' = 'video'): Promise<string> {
    const requestId = `q${++this.requests}`
    await this.say(roomId, user, { type: 'apply', requestId, medium })
    return requestId
  }

  /** From the audience to the seat, but without a stream. */
  async seat(roomId: string, user: User, medium: 'video' | 'voice' = 'video'): Promise<string> {
    await this.come(roomId, user)
    const requestId = await this.apply(roomId, user, medium)
    await this.say(roomId, anna, { type: 'accept', userId: user.id, requestId })
    return requestId
  }

  /** A guest on air. */
  async link(roomId: string, user: User, medium: 'video' | 'voice' = 'video'): Promise<string> {
    const requestId = await this.seat(roomId, user, medium)
    this.media.publish(streamIdOf(roomId, user.id))
    await settled()
    return requestId
  }

  async statusOf(roomId: string, user: User): Promise<string> {
    const { link } = await this.view(roomId, user)
    return link.status === 'idle' && link.ending ? link.ending.reason : link.status
  }

  /** Who has been signalled what since the last call. */
  takeSignals(): { readonly userId: string, readonly view: LinkMicView }[] {
    return this.im.signals.splice(0)
  }
}
