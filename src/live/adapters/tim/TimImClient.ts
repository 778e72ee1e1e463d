/**
 * Chat over Tencent IM. The room itself and how this person stands in its link-mic are asked of our own server on joining
 * and after every drop, for groups of this kind keep nothing.
 */
import type { Heard } from './readMessage'
import type { TimConnectionOptions } from './TimConnection'
import type { Tim, TimMessage } from './timSdk'
import type { ImCredential, Room } from '@/shared/protocol/rest'
import type { ImClient, ImEvents, ImJoined, ImState } from '@/src/ports/ImClient'
import type { PresenceApi } from '@/src/ports/PresenceApi'
import type { RoomApi } from '@/src/ports/RoomApi'
import type { SessionKeeper } from '@/src/ports/SessionKeeper'
import { backoffMs, SOCKET_BACKOFF } from '@/shared/domain/backoff'
import { cleanText, textProblem } from '@/shared/domain/chatText'
import { ImListeners } from '@/src/adapters/socket/ImListeners'
import { Joining } from '@/src/adapters/socket/Joining'
import { ApiFailure } from '@/src/ports/RoomApi'
import { Beats } from './Beats'
import { failureOf, isPassing } from './errors'
import { TimConnection } from './TimConnection'
import { TimRoom } from './TimRoom'
import { TYPES } from './timSdk'
import { TimTexts } from './TimTexts'

/** A UserSig is renewed so long before it runs out: the phone may be asleep when the time comes. */
export const RENEW_AHEAD_MS = 3_600_000
export const RENEW_CHECK_MS = 60_000

/** A group that is gone while its room stays is looked for so many times more. */
const GROUP_TRIES = 3

type Membership
  = | { readonly status: 'none' }
    | { readonly status: 'joining', readonly room: TimRoom, readonly waiting: Joining }
    | { readonly status: 'inRoom', readonly room: TimRoom }
  /** Was in the room, and is let in anew after a drop. */
    | { readonly status: 'returning', readonly room: TimRoom, readonly attempt: number, readonly cancelPause: () => void }
type Returning = Extract<Membership, { status: 'returning' }>
type Entering = Returning | Extract<Membership, { status: 'joining' }>

export interface TimImOptions extends Pick<TimConnectionOptions, 'loadSdk' | 'clock' | 'random'> {
  readonly api: Pick<RoomApi, 'getRoom' | 'getLinkMic' | 'refreshSession'>
  readonly presence: PresenceApi
  /** Knows when the UserSig runs out: with its session. */
  readonly session: Pick<SessionKeeper, 'current'>
}

export function createTimImClient(options: TimImOptions): ImClient {
  return new TimImClient(options)
}

class TimImClient implements ImClient {
  private membership: Membership = { status: 'none' }
  private readonly connection: TimConnection
  private readonly texts: TimTexts
  private readonly beats: Beats
  private readonly listeners = new ImListeners()
  /** Who speaks for the server, where that is not the usual one. */
  private serverAccount: string | undefined
  private stopRenewals = () => {}
  /** Groups are left and joined one after the other, or the answer to a late leaving would end what was joined since. */
  private moves: { readonly by?: Tim, readonly last: Promise<unknown> } = { last: Promise.resolve() }

  constructor(private readonly options: TimImOptions) {
    this.connection = new TimConnection({
      ...options,
      onState: state => this.changed(state),
      onReady: () => this.enter(),
      onMessages: messages => this.receive(messages),
    })
    this.beats = new Beats({ ...options, onRemoved: failure => this.sentAway(failure), onGone: () => this.enter() })
    this.texts = new TimTexts({
      clock: options.clock,
      room: () => {
        const { connection: { ready: tim }, membership } = this
        return tim && membership.status === 'inRoom' ? { tim, group: membership.room.group } : undefined
      },
      onSent: message => 'room' in this.membership && void this.membership.room.take([message]),
    })
  }

  get state(): ImState {
    return this.connection.state
  }

  login(credential: ImCredential, _token: string): void {
    if (credential.kind === 'embedded')
      throw new TypeError('This credential is for our own hub.')
    this.stopRenewals()
    this.stopRenewals = this.options.clock.every(RENEW_CHECK_MS, () => void this.renew())
    this.serverAccount = credential.serverAccount
    this.connection.open(credential)
  }

  logout(): void {
    this.leave()
    this.stopRenewals()
    this.connection.close()
  }

  retryNow(): void {
    this.connection.retryNow()
  }

  join(roomId: string): Promise<ImJoined> {
    const { state } = this
    if (state.status === 'refused' || state.status === 'offline')
      return Promise.reject(new ApiFailure(state.status === 'refused' ? state.code : 'UNAUTHORIZED', 'Chat needs a login first.'))
    this.leave()
    const waiting = new Joining(this.options.clock, failure => this.leaveBecause(failure))
    this.membership = { status: 'joining', room: new TimRoom(roomId, this.serverAccount), waiting }
    this.enter()
    return waiting.joined
  }

  leave(): void {
    this.leaveBecause(new ApiFailure('NOT_IN_ROOM', 'The room was left.'))
  }

  sendText(text: string): Promise<string> {
    if (this.membership.status === 'none')
      return Promise.reject(new ApiFailure('NOT_IN_ROOM', 'Join a room first.'))
    const problem = textProblem(cleanText(text))
    return problem ? Promise.reject(new ApiFailure(problem, 'This cannot be said.')) : this.texts.say(cleanText(text))
  }

  listen(events: Partial<ImEvents>): () => void {
    return this.listeners.add(events)
  }

  private leaveBecause(failure: ApiFailure): void {
    const { membership, connection: { loggedIn: tim } } = this
    this.abandon(failure)
    if (tim && 'room' in membership)
      this.move(tim, () => tim.quitGroup(membership.room.group)).catch(() => {}) // it was not in it any more
  }

  private abandon(failure: ApiFailure): void {
    const { membership } = this
    this.membership = { status: 'none' }
    this.beats.leave()
    this.texts.failAll(failure)
    if (membership.status === 'joining')
      membership.waiting.giveUp(failure)
    if (membership.status === 'returning')
      membership.cancelPause()
  }

  /** An SDK that was given up never answers: nothing waits for it. */
  private move<Answer>(tim: Tim, act: () => Promise<Answer>): Promise<Answer> {
    const before = this.moves.by === tim ? this.moves.last : Promise.resolve()
    const last = before.catch(() => {}).then(act)
    this.moves = { by: tim, last }
    return last
  }

  /** Logged in, or asked to join: whichever comes last. */
  private enter(): void {
    const { membership, connection: { ready: tim } } = this
    if (!tim || membership.status === 'none')
      return
    if (membership.status === 'returning')
      membership.cancelPause()
    const next = membership.status === 'joining' ? membership : this.returning(membership.room, 0, () => {})
    void this.tryToEnter(tim, next)
  }

  private returning(room: TimRoom, attempt: number, cancelPause: () => void): Returning {
    const returning = { status: 'returning' as const, room, attempt, cancelPause }
    this.membership = returning
    return returning
  }

  private async tryToEnter(tim: Tim, entering: Entering): Promise<void> {
    const { room } = entering
    const { api } = this.options
    const isCurrent = () => this.membership === entering
    this.listeners.tell('standing', { roomId: room.roomId, isSilenced: false }) // the server tells who is, once they are in
    try {
      room.group = await this.beats.enter(room.roomId) ?? room.group
      if (!isCurrent())
        return
      await this.move(tim, () => tim.joinGroup({ groupID: room.group, type: TYPES.liveRoom }))
      const { news } = room
      const [detail, { view }] = await Promise.all([api.getRoom(room.roomId), api.getLinkMic(room.roomId)])
      if (!isCurrent())
        return
      // What was told while we asked is at least as new as the answer, or will be followed by what is.
      const newest = room.news && room.news !== news ? room.news : detail.room
      this.entered(entering, { room: newest, online: onlineIn(detail.room), messages: room.history })
      this.listeners.tell('linkMic', view)
      this.texts.sendAll()
    }
    catch (error) {
      if (!isCurrent())
        return
      const failure = failureOf(error)
      if (entering.status === 'returning' && failure.code === 'ROOM_NOT_FOUND')
        await this.hearTheEnd(entering)
      else if (failure.code === 'FORBIDDEN')
        await this.hearWhy(entering, failure)
      else
        this.refused(entering, failure)
    }
  }

  /** The group is gone: its room has ended while we were away, or nobody knows of it any more. */
  private async hearTheEnd(entering: Returning): Promise<void> {
    const { roomId, history } = entering.room
    const answer = await this.options.api.getRoom(roomId).catch(failureOf)
    if (this.membership !== entering)
      return
    if (answer instanceof ApiFailure)
      return this.refused(entering, answer)
    if (answer.room.status !== 'ended') // it may be about to end, or its group is made anew
      return this.refused(entering, new ApiFailure(entering.attempt < GROUP_TRIES ? 'UNAVAILABLE' : 'ROOM_NOT_FOUND', 'Its group does not exist.'))
    this.abandon(new ApiFailure('ROOM_ENDED', 'The room has ended.'))
    this.listeners.tell('rejoined', { room: answer.room, online: onlineIn(answer.room), messages: history })
  }

  /** The group does not let this person in; our server knows whether the anchor has sent them away. */
  private async hearWhy(entering: Entering, failure: ApiFailure): Promise<void> {
    const answer = await this.options.api.getLinkMic(entering.room.roomId).catch(failureOf)
    if (this.membership === entering)
      this.refused(entering, answer instanceof ApiFailure && answer.code === 'REMOVED' ? answer : failure)
  }

  private entered(entering: Entering, joined: ImJoined): void {
    this.membership = { status: 'inRoom', room: entering.room }
    if (joined.room.status === 'ended')
      this.beats.fallSilent()
    if (entering.status === 'joining')
      entering.waiting.letIn(joined)
    else
      this.listeners.tell('rejoined', joined)
  }

  private refused(entering: Entering, failure: ApiFailure): void {
    if (entering.status === 'joining') {
      this.abandon(failure)
    }
    else if (isPassing(failure)) {
      const { clock, random } = this.options
      const { attempt, room } = entering
      this.returning(room, attempt + 1, clock.after(backoffMs(SOCKET_BACKOFF, attempt, random()), () => this.enterAgain()))
    }
    else {
      this.sentAway(failure)
    }
  }

  /** For good, as far as this login goes. */
  private sentAway(failure: ApiFailure): void {
    this.leaveBecause(failure)
    this.connection.refuse(failure.code)
  }

  private enterAgain(): void {
    const { membership, connection: { ready: tim } } = this
    if (tim && membership.status === 'returning')
      void this.tryToEnter(tim, membership)
  }

  private receive(messages: readonly TimMessage[]): void {
    const { membership } = this
    if (membership.status === 'none')
      return
    const heard = membership.room.take(messages)
    const news = heard.flatMap(one => one.type === 'message' ? [one.message] : [])
    if (membership.status !== 'joining')
      this.listeners.tellMessages(news) // while joining they wait: joined.messages has them
    if (news.some(({ type }) => type === 'roomEnded'))
      this.beats.fallSilent()
    for (const one of heard)
      this.hear(one)
  }

  private hear(heard: Heard): void {
    switch (heard.type) {
      case 'online': return this.listeners.tell('online', heard.online)
      case 'linkMic': return this.listeners.tell('linkMic', heard.view)
      case 'standing': return this.listeners.tell('standing', heard.standing)
      case 'removed': return this.sentAway(new ApiFailure('REMOVED', 'The anchor has sent this person away.'))
      case 'dismissed': return this.enter() // the room's own state says what that means
    }
  }

  private changed(state: ImState): void {
    if (state.status === 'refused') {
      const failure = new ApiFailure(state.code, 'Tencent IM refused this login.')
      this.texts.failAll(failure)
      if (this.membership.status === 'joining')
        this.abandon(failure)
    }
    this.listeners.tell('state', state)
  }

  private async renew(): Promise<void> {
    const { session, clock, api } = this.options
    const isDue = session.current && session.current.expiresAt - clock.now() < RENEW_AHEAD_MS
    if (!isDue || !this.connection.ready)
      return
    try {
      const { im } = await api.refreshSession()
      if (im.kind !== 'embedded' && this.connection.ready)
        await this.connection.renew(im)
    }
    catch (error) {
      if (!(error instanceof ApiFailure))
        throw error // else the next check asks again
    }
  }
}

/** Those whom this chat counts. */
const onlineIn = ({ viewers, viewersElsewhere }: Room): number => viewers - viewersElsewhere
