/** The REST API in memory. `fail` makes the next calls of a method throw; `hold` keeps them waiting until released. */
import type { Moderation } from '@/shared/domain/moderation'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { LinkMicCommand } from '@/shared/protocol/linkMic'
import type { ModerationCommand, ModerationView } from '@/shared/protocol/moderation'
import type { LinkMicAnswer, Room, RoomAudience, RoomDetail, RoomsPage, Session, User } from '@/shared/protocol/rest'
import type { Picture, RoomApi } from '@/src/ports/RoomApi'
import { mixStreamIdOf, streamIdOf } from '@/shared/domain/ids'
import { transitionModeration, UNMODERATED } from '@/shared/domain/moderation'
import { ApiFailure } from '@/src/ports/RoomApi'
import { FakeStage } from './fakeStage'
import { aCreatedRoom, aRoomDetail, aSession, aUser, NOW, playUrls, publishUrls } from './fixtures'

type Method = keyof RoomApi

export class FakeRoomApi implements RoomApi {
  /** Every call in order, with what it was given. */
  readonly calls: { method: Method, args: unknown[] }[] = []
  rooms: Room[] = []
  pageSize = 20
  session: Session = aSession()
  readonly covers: Picture[] = []
  /** Who is in the rooms. */
  audience: User[] = []
  /** In the anchor's room. */
  order: Moderation<User> = UNMODERATED

  private readonly failures = new Map<Method, ErrorCode[]>()
  private readonly gates = new Map<Method, Promise<void>>()
  private readonly stages = new Map<string, FakeStage>()

  constructor(private readonly now: () => number = () => NOW) {}

  /** The next `times` calls of the method fail with this code. */
  fail(method: Method, code: ErrorCode, times = 1): void {
    this.failures.set(method, [...this.failures.get(method) ?? [], ...Array.from<ErrorCode>({ length: times }).fill(code)])
  }

  /** Calls of the method wait until the returned function is called. */
  hold(method: Method): () => void {
    let release = () => {}
    this.gates.set(method, new Promise<void>((resolve) => {
      release = resolve
    }))
    return () => {
      this.gates.delete(method)
      release()
    }
  }

  countOf(method: Method): number {
    return this.calls.filter(call => call.method === method).length
  }

  async createSession(profile: { nickname: string, avatar?: number }): Promise<Session> {
    await this.enter('createSession', profile)
    return this.renew(profile)
  }

  async refreshSession(): Promise<Session> {
    await this.enter('refreshSession')
    return this.renew({})
  }

  async updateMe(profile: { nickname?: string, avatar?: number }): Promise<Session> {
    await this.enter('updateMe', profile)
    return this.renew(profile.avatar === undefined ? profile : { ...profile, picture: undefined })
  }

  async setPicture(picture: Picture): Promise<Session> {
    await this.enter('setPicture', picture)
    return this.renew({ picture: '/pictures/me.jpg' })
  }

  async listRooms(cursor: string | null): Promise<RoomsPage> {
    await this.enter('listRooms', cursor)
    const from = Number(cursor ?? 0)
    const to = from + this.pageSize
    return { rooms: this.rooms.slice(from, to), nextCursor: to < this.rooms.length ? String(to) : null }
  }

  async getRoom(roomId: string): Promise<RoomDetail> {
    await this.enter('getRoom', roomId)
    const room = this.find(roomId)
    const isMine = this.isMine(room) && room.status !== 'ended'
    return {
      ...aRoomDetail(room),
      mixed: room.stage.isMixed ? playUrls(mixStreamIdOf(roomId)) : null,
      guests: room.stage.guests.map(({ user, streamId }) => ({ userId: user.id, play: playUrls(streamId) })),
      ...(isMine ? { publish: publishUrls(room.streamId) } : {}),
    }
  }

  async createRoom({ title }: { title: string }) {
    await this.enter('createRoom', { title })
    const created = aCreatedRoom({ id: `rnew0000000${this.rooms.length + 1}`, title, anchor: this.session.user, createdAt: NOW })
    this.rooms = [created.room, ...this.rooms]
    return created
  }

  async updateRoom(roomId: string, change: { title: string }): Promise<Room> {
    await this.enter('updateRoom', roomId, change)
    return this.change(roomId, change)
  }

  async endRoom(roomId: string): Promise<Room> {
    await this.enter('endRoom', roomId)
    return this.change(roomId, { status: 'ended', endedAt: NOW, endReason: 'anchor' })
  }

  async uploadCover(roomId: string, picture: Picture): Promise<Room> {
    await this.enter('uploadCover', roomId, picture)
    this.covers.push(picture)
    return this.change(roomId, { cover: `/covers/${roomId}.jpg` })
  }

  async getAudience(roomId: string): Promise<RoomAudience> {
    await this.enter('getAudience', roomId)
    return { people: this.audience, total: this.audience.length }
  }

  async getLinkMic(roomId: string): Promise<LinkMicAnswer> {
    await this.enter('getLinkMic', roomId)
    return this.answer(roomId)
  }

  async linkMic(roomId: string, command: LinkMicCommand): Promise<LinkMicAnswer> {
    await this.enter('linkMic', roomId, command)
    const stage = this.stageOf(roomId)
    const { refusal } = stage.command(command, this.session.user, userId => this.audience.find(({ id }) => id === userId) ?? aUser({ id: userId }))
    if (refusal)
      throw new ApiFailure(`LINK_MIC_${refusal}`, refusal)
    return this.answer(roomId)
  }

  async getModeration(roomId: string): Promise<ModerationView> {
    await this.enter('getModeration', roomId)
    return this.moderation
  }

  async moderate(roomId: string, command: ModerationCommand): Promise<ModerationView> {
    await this.enter('moderate', roomId, command)
    const isAbout = command.type === 'silence' || command.type === 'remove'
    const event = isAbout ? { type: command.type, user: this.audience.find(({ id }) => id === command.userId) ?? aUser({ id: command.userId }) } : command
    this.order = transitionModeration(this.order, event).state
    return this.moderation
  }

  private get moderation(): ModerationView {
    const { isEveryoneSilenced, silenced, removed } = this.order
    return { isEveryoneSilenced, silenced: [...silenced], removed: [...removed] }
  }

  /** The room's stage; what happens on it is in the next answers. */
  stageOf(roomId: string): FakeStage {
    const stage = this.stages.get(roomId) ?? new FakeStage(roomId, this.now)
    this.stages.set(roomId, stage)
    return stage
  }

  private answer(roomId: string): LinkMicAnswer {
    const { id } = this.session.user
    const view = this.stageOf(roomId).viewFor(id, this.isMine(this.find(roomId)))
    return { view, ...(view.seat ? { publish: publishUrls(streamIdOf(roomId, id)) } : {}) }
  }

  private isMine({ anchor }: Room): boolean {
    return anchor.id === this.session.user.id
  }

  private renew(profile: Partial<User>): Session {
    this.session = { ...this.session, user: { ...this.session.user, ...profile } }
    return this.session
  }

  private find(roomId: string): Room {
    const room = this.rooms.find(({ id }) => id === roomId)
    if (!room)
      throw new ApiFailure('ROOM_NOT_FOUND', roomId)
    const stage = this.stages.get(roomId)
    return stage ? { ...room, stage: stage.public } : room
  }

  private change(roomId: string, part: Partial<Room>): Room {
    const changed = { ...this.find(roomId), ...part }
    this.rooms = this.rooms.map(room => room.id === roomId ? changed : room)
    return changed
  }

  private async enter(method: Method, ...args: unknown[]): Promise<void> {
    this.calls.push({ method, args })
    await this.gates.get(method)
    const code = this.failures.get(method)?.shift()
    if (code)
      throw new ApiFailure(code, `${method} was told to fail`)
  }
}
