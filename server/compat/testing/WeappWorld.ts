/** Rooms of old and new clients in one service on a virtual clock; chat and media are spoken by hand, rooms are in SQLite. */
import type { Room, User } from '../../../shared/protocol/rest'
import type { Database } from '../../database/createDatabase'
import type { RoomService } from '../../rooms/RoomService'
import type { RoomRecords } from '../rooms/roomRecords'
import type { MountedWeappRooms } from '../rooms/weappRooms'
import type { Caller, RoomShape, RoomType, WeappPerson } from '../types'
import type { WeappCode } from '../WeappError'
import { randomBytes } from 'node:crypto'
import { createId, lineStreamIdOf, streamIdOf } from '../../../shared/domain/ids'
import { createDatabase } from '../../database/createDatabase'
import { createRoomService } from '../../rooms/RoomService'
import { createSqlRoomStore } from '../../rooms/SqlRoomStore'
import { FakeIm } from '../../testing/FakeIm'
import { FakeMedia } from '../../testing/FakeMedia'
import { settled, VirtualClock } from '../../testing/VirtualClock'
import { createRoomRecords } from '../rooms/roomRecords'
import { createWeappRooms } from '../rooms/weappRooms'
import { WeappError } from '../WeappError'
import { FakeWeappSessions } from './FakeWeappSessions'

export const APP = 1_400_000_001
export const OTHER_APP = 1_400_000_002
export const ORIGIN = { http: 'http://here:8080', rtmp: 'rtmp://here:1935' }

/** Somebody of our own app. */
const ourOwn = (name: string) => ({ id: `u${name}`, nickname: name, avatar: 2 })
export const [anna, boris] = ['anna', 'boris'].map(ourOwn)

export interface WeappWorldOptions {
  /** Of an earlier world, to see what a restart finds. */
  readonly file?: string
  readonly clock?: VirtualClock
  /** The same people as there. */
  readonly sessions?: FakeWeappSessions
  readonly consent?: 'auto' | 'required' | 'trusted'
  readonly listsAll?: boolean
  readonly chatAppId?: number | null
  readonly random?: () => number
}

export const openWeappWorld = async (options: WeappWorldOptions = {}): Promise<WeappWorld> => start(await createDatabase(options.file ?? ':memory:'), options)

async function start(db: Database, options: WeappWorldOptions): Promise<WeappWorld> {
  const world = new WeappWorld(db, options)
  await world.records.load()
  const stopRooms = await world.rooms.start()
  const stopWeapp = await world.weapp.start()
  world.stop = async () => {
    await stopWeapp()
    await stopRooms()
  }
  return world
}

export class WeappWorld {
  readonly clock: VirtualClock
  readonly im = new FakeIm()
  readonly media: FakeMedia
  readonly rooms: RoomService
  readonly sessions: FakeWeappSessions
  readonly records: RoomRecords
  readonly weapp: MountedWeappRooms
  readonly errors: string[] = []
  /** Rooms whose programme is over. */
  readonly programmesEnded: string[] = []
  blocked = 'blocked'
  stop!: () => Promise<void>
  private readonly random: (count: number) => Uint8Array

  constructor(private readonly db: Database, private readonly options: WeappWorldOptions) {
    const { clock = new VirtualClock(), sessions, consent = 'auto', listsAll = true, chatAppId = null, random } = options
    this.clock = clock
    this.random = random ? count => Uint8Array.from({ length: count }, () => random() * 256) : randomBytes
    this.media = new FakeMedia(clock.now)
    this.records = createRoomRecords(db)
    const log = { info: () => {}, error: (fields: object, message: string) => void this.errors.push(`${message} ${JSON.stringify(fields)}`) }
    this.rooms = createRoomService({ store: createSqlRoomStore(db), media: this.media, im: this.im, findUser: async id => this.sessions.personOf(id)?.user, clock, randomBytes: this.random, log })
    this.sessions = sessions ?? new FakeWeappSessions()
    this.sessions.changed = user => this.rooms.profileChanged(user)
    this.weapp = createWeappRooms({
      rooms: this.rooms,
      im: this.im,
      media: this.media,
      programmes: { urlOf: (room, { http }) => `${http}/live/${room.id}-uall.flv`, end: id => void this.programmesEnded.push(id) },
      sessions: this.sessions,
      records: this.records,
      judgeText: async text => text.includes(this.blocked) ? 'blocked' : 'fine',
      clock,
      randomBytes: this.random,
      log,
      settings: { consent, listsAll },
      chatAppId,
    })
  }

  async close(): Promise<void> {
    await this.stop()
    await this.db.destroy()
  }

  /** The server starts anew, with the same people and the same data; no stream survives it. */
  async restarted(): Promise<WeappWorld> {
    await this.stop()
    return start(this.db, { ...this.options, clock: this.clock, sessions: this.sessions })
  }

  /** Somebody with an old client, logged in. */
  person(account: string, sdkAppId = APP): WeappPerson {
    return this.sessions.find(sdkAppId, account)
      ?? this.sessions.add({ user: { id: createId('ul', this.random), nickname: account, avatar: 1 }, sdkAppId, account })
  }

  as = (account: string, type: RoomType = 'live_room', sdkAppId = APP): Caller => ({ person: this.person(account, sdkAppId), type, origin: ORIGIN })

  /** From the address to the first packets. */
  async push(caller: Caller): Promise<string> {
    const { pushURL } = await this.weapp.pushUrl(caller)
    this.media.publish(lineStreamIdOf(caller.person.user.id))
    await settled()
    return pushURL
  }

  /** As an old client reads them. */
  pushersOf = async (caller: Caller, roomID: string): Promise<string[]> => (await this.weapp.get(caller, roomID)).pushers.map(({ userID }) => userID)

  /** As an old anchor goes on air. @returns the roomID */
  async goLive(caller: Caller, { roomInfo = 'Evening', roomID }: { readonly roomInfo?: string, readonly roomID?: string } = {}): Promise<string> {
    const pushURL = await this.push(caller)
    const created = await this.weapp.create(caller, { roomInfo, roomID })
    return this.add(caller, created, pushURL)
  }

  async join(caller: Caller, roomID: string): Promise<string> {
    return this.add(caller, roomID, await this.push(caller))
  }

  async add(caller: Caller, roomID: string, pushURL: string, more: { readonly roomInfo?: string, readonly userName?: string } = {}): Promise<string> {
    const { account } = caller.person
    const added = await this.weapp.addAnchor(caller, { roomID, userName: `Name of ${account}`, userAvatar: `http://face/${account}`, pushURL, ...more })
    await settled()
    return added
  }

  beat = (caller: Caller, roomID: string, roomStatusCode = 0): Promise<RoomShape> => this.weapp.heartbeat(caller, { roomID, roomStatusCode })

  /** Everybody beats until so much time has passed. */
  async beatFor(ms: number, ...beats: readonly (readonly [Caller, string])[]): Promise<void> {
    for (let passed = 0; passed < ms; passed += 5000) {
      await this.clock.advance(5000)
      for (const [caller, roomID] of beats)
        await this.beat(caller, roomID)
    }
  }

  /** A room of our own app, on air. */
  async goLiveHere(anchor: User, title = 'Ours'): Promise<Room> {
    const { id, streamId } = await this.rooms.create(anchor, { title })
    this.media.publish(streamId)
    this.im.presence(id, anchor, 'here')
    await settled()
    return this.rooms.get(id)
  }

  /** A guest of our own app, on air. */
  async linkHere(roomId: string, anchorId: string, guest: User): Promise<void> {
    const requestId = `q${guest.id}`
    this.im.presence(roomId, guest, 'here')
    await this.rooms.linkMic.obey(roomId, guest, { type: 'apply', requestId, medium: 'video' })
    await this.rooms.linkMic.obey(roomId, { id: anchorId, nickname: '', avatar: 0 }, { type: 'accept', userId: guest.id, requestId })
    this.media.publish(streamIdOf(roomId, guest.id))
    await settled()
  }

  /** What a request is refused with; 0: it is not. */
  codeOf = (request: Promise<unknown>): Promise<WeappCode | 0> => request.then(() => 0 as const, (error: unknown) => {
    if (error instanceof WeappError)
      return error.code
    throw error
  })
}
