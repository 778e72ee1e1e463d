/** Chat over our own hub: one room, its messages in order, texts that arrive once, however often the socket breaks. */
import type { ChatConnectionOptions } from './ChatConnection'
import type { Text } from './UnansweredTexts'
import type { Answer, Incoming, Placed } from './wire'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { ImCredential } from '@/shared/protocol/rest'
import type { ImClient, ImEvents, ImJoined, ImState } from '@/src/ports/ImClient'
import { cleanText, textProblem } from '@/shared/domain/chatText'
import { CLIENT_FRAME_MAX_MESSAGES } from '@/shared/protocol/ws'
import { ApiFailure } from '@/src/ports/RoomApi'
import { ChatConnection } from './ChatConnection'
import { ImListeners } from './ImListeners'
import { Joining } from './Joining'
import { RoomFeed } from './RoomFeed'
import { UnansweredTexts } from './UnansweredTexts'
import { isKnown } from './wire'

type Membership
  = | { readonly status: 'none' }
    | { readonly status: 'joining', readonly roomId: string, readonly request: string, readonly waiting: Joining }
    | { readonly status: 'inRoom', readonly roomId: string, readonly feed: RoomFeed }
  /** Was in the room and asks for what it has missed. */
    | { readonly status: 'resuming', readonly roomId: string, readonly feed: RoomFeed, readonly request: string }

type Joined = Extract<Answer, { type: 'joined' }>
type Failed = Extract<Answer, { type: 'failed' }>

/** Joining again may work later. */
const PASSING_FAILURES: readonly ErrorCode[] = ['INTERNAL', 'UNAVAILABLE', 'TOO_MANY_REQUESTS']

export type EmbeddedImOptions = Pick<ChatConnectionOptions, 'connect' | 'url' | 'clock' | 'random'>

export function createEmbeddedImClient(options: EmbeddedImOptions): ImClient {
  return new EmbeddedImClient(options)
}

class EmbeddedImClient implements ImClient {
  private membership: Membership = { status: 'none' }
  private readonly connection: ChatConnection
  private readonly texts: UnansweredTexts
  private readonly listeners = new ImListeners()
  /** Request ids of this client differ from those of every other run, so that texts of old do not answer for new ones. */
  private readonly run: string
  private requests = 0

  constructor(private readonly options: EmbeddedImOptions) {
    this.run = Array.from({ length: 3 }, () => Math.floor(options.random() * 36 ** 5).toString(36)).join('')
    this.texts = new UnansweredTexts(options.clock)
    this.connection = new ChatConnection({
      ...options,
      onState: state => this.changed(state),
      onReady: () => this.rejoin(),
      onFrame: frame => this.receive(frame),
      lastSeq: () => 'feed' in this.membership ? this.membership.feed.seq : undefined,
    })
  }

  get state(): ImState {
    return this.connection.state
  }

  login(_credential: ImCredential, token: string): void {
    this.connection.open(token)
  }

  logout(): void {
    this.leave()
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
    this.membership = { status: 'joining', roomId, request: this.nextId(), waiting }
    this.sendJoin()
    return waiting.joined
  }

  leave(): void {
    this.leaveBecause(new ApiFailure('NOT_IN_ROOM', 'The room was left.'))
  }

  sendText(text: string): Promise<string> {
    const { membership } = this
    if (membership.status === 'none')
      return Promise.reject(new ApiFailure('NOT_IN_ROOM', 'Join a room first.'))
    const problem = textProblem(cleanText(text))
    if (problem)
      return Promise.reject(new ApiFailure(problem, 'This cannot be said.'))
    const said = { id: this.nextId(), text: cleanText(text) }
    const sent = this.texts.add(said)
    if (membership.status === 'inRoom')
      this.sendTexts(membership.roomId, [said])
    return sent
  }

  listen(events: Partial<ImEvents>): () => void {
    return this.listeners.add(events)
  }

  private leaveBecause(failure: ApiFailure): void {
    const { membership } = this
    this.membership = { status: 'none' }
    this.texts.failAll(failure)
    if (membership.status === 'none')
      return
    if (membership.status === 'joining')
      membership.waiting.giveUp(failure)
    this.connection.send({ type: 'leave', id: this.nextId(), roomId: membership.roomId })
  }

  private nextId(): string {
    return `${this.run}-${++this.requests}`
  }

  private changed(state: ImState): void {
    if (state.status === 'refused') {
      const failure = new ApiFailure(state.code, 'The chat refused this session.')
      this.texts.failAll(failure)
      if (this.membership.status === 'joining') {
        this.membership.waiting.giveUp(failure)
        this.membership = { status: 'none' }
      }
    }
    this.listeners.tell('state', state)
  }

  /** After a new welcome, or when a message is missing. */
  private rejoin(): void {
    const { membership } = this
    if ('feed' in membership)
      this.membership = { status: 'resuming', roomId: membership.roomId, feed: membership.feed, request: this.nextId() }
    this.sendJoin()
  }

  private sendJoin(): void {
    const { membership } = this
    if (membership.status === 'joining')
      this.connection.send({ type: 'join', id: membership.request, roomId: membership.roomId })
    if (membership.status === 'resuming')
      this.connection.send({ type: 'join', id: membership.request, roomId: membership.roomId, since: membership.feed.seq })
  }

  private receive({ answers, messages }: Incoming): void {
    for (const answer of answers)
      this.hear(answer)
    if (this.membership.status === 'inRoom' && messages.length > 0)
      this.feed(this.membership.feed, messages)
  }

  private feed(feed: RoomFeed, messages: readonly Placed[]): void {
    const { fresh, isMissing } = feed.take(messages)
    this.listeners.tellMessages(fresh)
    if (isMissing)
      this.rejoin()
  }

  private hear(answer: Answer): void {
    switch (answer.type) {
      case 'joined': return this.joined(answer)
      case 'said': return this.texts.said(answer.re, answer.messageId)
      case 'failed': return this.failed(answer)
      case 'linkMic':
        if (this.membership.status !== 'none' && this.membership.roomId === answer.view.roomId)
          this.listeners.tell('linkMic', answer.view)
        return
      case 'standing':
        if (this.membership.status !== 'none' && this.membership.roomId === answer.standing.roomId)
          this.listeners.tell('standing', answer.standing)
        return
      case 'online':
        if (this.membership.status !== 'none' && this.membership.roomId === answer.roomId)
          this.listeners.tell('online', answer.online)
    }
  }

  private joined({ re, room, online, messages, seq, isGap }: Joined): void {
    const { membership } = this
    if (!('request' in membership) || membership.request !== re)
      return
    const known = { room, online, messages: messages.filter(isKnown) }
    this.listeners.tell('standing', { roomId: membership.roomId, isSilenced: false }) // the server tells who is
    if (membership.status === 'joining' || isGap) {
      this.membership = { status: 'inRoom', roomId: membership.roomId, feed: new RoomFeed(seq) }
      if (membership.status === 'joining') {
        membership.waiting.letIn(known)
      }
      else {
        this.listeners.tell('rejoined', known)
      }
    }
    else {
      this.membership = { status: 'inRoom', roomId: membership.roomId, feed: membership.feed }
      this.listeners.tellMessages(membership.feed.resume(messages, seq))
      this.listeners.tell('online', online)
    }
    this.sendTexts(membership.roomId, this.texts.all)
  }

  private sendTexts(roomId: string, texts: readonly Text[]): void {
    for (let from = 0; from < texts.length; from += CLIENT_FRAME_MAX_MESSAGES)
      this.connection.send(...texts.slice(from, from + CLIENT_FRAME_MAX_MESSAGES).map(({ id, text }) => ({ type: 'say' as const, id, roomId, text })))
  }

  private failed({ re, code, message, retryAfterMs }: Failed): void {
    const { membership } = this
    if (re === null) {
      if (code === 'REMOVED' && 'feed' in membership)
        this.sentAway(message)
      return
    }
    const failure = new ApiFailure(code, message, undefined, retryAfterMs)
    this.texts.fail(re, failure)
    if (!('request' in membership) || membership.request !== re)
      return
    if (membership.status === 'joining') {
      this.membership = { status: 'none' }
      membership.waiting.giveUp(failure)
    }
    else if (PASSING_FAILURES.includes(code)) {
      this.connection.restart()
    }
    else {
      this.membership = { status: 'none' }
      this.connection.refuse(code)
    }
  }

  /** Out of the room, which the server has seen to already. */
  private sentAway(message: string): void {
    this.membership = { status: 'none' }
    this.texts.failAll(new ApiFailure('REMOVED', message))
    this.connection.refuse('REMOVED')
  }
}
