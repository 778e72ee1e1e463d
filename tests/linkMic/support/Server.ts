import type { Network } from './Network'
import type { RoomService } from '@/server/rooms/RoomService'
import type { RoomRecord } from '@/server/rooms/RoomStore'
import type { LinkMicCommand } from '@/shared/protocol/linkMic'
import type { LinkMicAnswer, Room, User } from '@/shared/protocol/rest'
import type { RoomApi } from '@/src/ports/RoomApi'
import { AppError } from '@/server/errors'
import { createRoomService } from '@/server/rooms/RoomService'
import { createMemoryRoomStore } from '@/server/rooms/testing/MemoryRoomStore'
import { FakeMedia } from '@/server/testing/FakeMedia'
import { streamIdOf } from '@/shared/domain/ids'
import { ApiFailure } from '@/src/ports/RoomApi'
import { Absences } from './Absences'
import { Hub } from './Hub'

const ORIGIN = { http: 'http://walk', rtmp: 'rtmp://walk' }

export const ANCHOR: User = { id: 'uanchor', nickname: 'Anchor', avatar: 0 }

/** The real service with a room on air, on a virtual clock; its chat and its media engine are played. It may be started anew. */
export class Server {
  readonly hub: Hub
  readonly media: FakeMedia
  roomId = ''
  isUp = false
  readonly errors: string[] = []
  /** Of streams. */
  readonly absences = new Absences()
  private readonly whenStopped = new Set<() => void>()
  private readonly store = createMemoryRoomStore()
  private rooms!: RoomService
  private stopRooms!: () => Promise<void>

  constructor(readonly net: Network) {
    this.hub = new Hub(net)
    this.media = new FakeMedia(net.clock.now)
    this.media.onEvent(({ at, streamId, type }) => {
      const userId = streamId.split('-')[1]
      if (type === 'publish')
        this.absences.end(userId, at)
      else if (!this.media.live.has(streamId))
        this.absences.begin(userId, at)
    })
  }

  async start(): Promise<void> {
    const { net: { clock, random } } = this
    this.rooms = createRoomService({
      store: this.store,
      media: this.media,
      im: this.hub,
      findUser: async () => undefined,
      clock,
      randomBytes: count => Uint8Array.from({ length: count }, () => random() * 256),
      log: { info: () => {}, error: fields => void this.errors.push(JSON.stringify(fields)) },
    })
    this.stopRooms = await this.rooms.start()
    this.isUp = true
  }

  async stop(): Promise<void> {
    this.isUp = false
    await this.stopRooms()
    for (const streamId of this.media.live.keys())
      this.absences.begin(streamId.split('-')[1], this.net.clock.now())
    this.media.live.clear()
    this.media.mutes.clear()
    this.hub.closeAll()
    this.whenStopped.forEach(hear => hear())
  }

  onStop(hear: () => void): void {
    this.whenStopped.add(hear)
  }

  async goLive(): Promise<void> {
    const { id, streamId } = await this.rooms.create(ANCHOR, { title: 'Walk' })
    this.roomId = id
    this.media.publish(streamId)
  }

  end = (): Promise<Room> => this.rooms.end(this.roomId, ANCHOR.id)
  room = (): Promise<Room> => this.rooms.get(this.roomId)
  record = async (): Promise<RoomRecord> => (await this.store.get(this.roomId))!
  view = (userId: string) => this.rooms.linkMic.view(this.roomId, userId)
  canPublish = (userId: string): boolean => this.isUp && this.rooms.canPublish(streamIdOf(this.roomId, userId))

  /** The API as one person has it. */
  apiFor(user: User): Pick<RoomApi, 'getLinkMic' | 'linkMic'> {
    return {
      getLinkMic: () => this.net.ask(() => this.answer(user, () => this.view(user.id))),
      linkMic: (_, command: LinkMicCommand) => this.net.ask(() => this.answer(user, () => this.rooms.linkMic.obey(this.roomId, user, command))),
    }
  }

  private async answer(user: User, work: () => Promise<LinkMicAnswer['view']>): Promise<LinkMicAnswer> {
    if (!this.isUp)
      throw new ApiFailure('UNAVAILABLE', 'starting')
    try {
      const view = await work()
      return { view, ...(view.seat === null ? {} : { publish: this.media.issuePushUrls(streamIdOf(this.roomId, user.id), 3_600_000, ORIGIN) }) }
    }
    catch (error) {
      throw error instanceof AppError ? new ApiFailure(error.code, error.message, undefined, error.retryAfterMs) : error
    }
  }
}
