/**
 * An app built on the retired room service, as its library behaves: what all generations have in common. Written from what is
 * publicly known of the clients; it knows nothing of our server but the address.
 */
import type { Answer, OldPusher, OldRoom } from './answers'
import type { Tim } from './Tim'
import type { Wire, WireAnswer } from './wire'
import type { Clock } from '@/server/clock'
import { OldFailure } from './answers'

/** What an app runs on. */
export interface Phone {
  /** Its own, which need not agree with anybody's. */
  readonly clock: Clock
  readonly wire: Wire
  readonly tim: Tim
}

/** With what an app logs in. */
export interface Login {
  readonly sdkAppID: number
  readonly userID: string
  readonly userSig: string
  readonly userName: string
  readonly userAvatar: string
}

export type Body = Readonly<Record<string, unknown>>

export abstract class OldClient {
  /** What the page was told, oldest first: `enter bob`, `exit bob`, `destroyed`, `asked by bob`, `kicked`, `failed anchor_heartbeat 203010`. */
  readonly events: string[] = []
  token = ''
  roomID = ''
  roomCreator = ''
  mixedPlayURL = ''
  pushURL = ''
  pushers: readonly OldPusher[] = []
  /** ms that this phone's clock is ahead of the server's. */
  timeDiff = Number.NaN
  protected statusCode = 0
  protected isCreator = false
  private readonly outstanding = new Set<Promise<unknown>>()
  private isGone = false
  private answerJoin: ((answer: 'accept' | 'reject' | 'timeout') => void) | undefined

  constructor(protected readonly me: Login, protected readonly phone: Phone, protected readonly roomType = 'live_room') {
    phone.tim.listen({
      fromPerson: (from, data) => this.heardFromPerson(from, data),
      fromGroup: (groupID, _, data) => groupID === this.roomID && this.heardInGroup(data),
      dismissed: (groupID) => {
        if (groupID === this.roomID)
          this.events.push('destroyed')
      },
      noticed: (groupID, data) => groupID === this.roomID && this.heardInGroup(data),
    })
  }

  get userID(): string {
    return this.me.userID
  }

  get userSig(): string {
    return this.me.userSig
  }

  // What each generation says in its own way.
  abstract login(): Promise<void>
  abstract logout(): Promise<void>
  abstract fetchPushURL(): Promise<string>
  /** Asks for a room. */
  abstract reserveRoom(roomInfo: string, roomID?: string): Promise<string>
  /** Goes into it as its first anchor. */
  abstract startRoom(): Promise<void>
  /** After the anchor's consent, with the own picture flowing. */
  abstract joinAnchor(): Promise<void>
  abstract quitJoinAnchor(): Promise<void>
  abstract exitRoom(): Promise<void>
  abstract getAnchors(roomID?: string): Promise<OldRoom>
  abstract mergeStreams(guests: readonly string[]): Promise<void>
  abstract customInfo(): Promise<Readonly<Record<string, string | number>>>
  /** By its name in this vocabulary. @throws OldFailure */
  abstract ask(action: string, body: Body): Promise<Answer>
  /** Whether others joined or left, by a message that says nothing else. */
  protected abstract anchorsChanged(): void

  /** The picture is flowing: a room around it. */
  async createRoom(roomInfo: string, roomID?: string): Promise<string> {
    await this.reserveRoom(roomInfo, roomID)
    await this.startRoom()
    return this.roomID
  }

  /** As one of the audience. */
  async enterRoom(roomID: string): Promise<void> {
    this.isCreator = false
    this.roomID = roomID
    await this.phone.tim.joinGroup(roomID)
    const room = await this.getAnchors()
    this.roomCreator = room.roomCreator
    this.mixedPlayURL = room.mixedPlayURL
    const { userName, userAvatar } = this.me
    await this.ask('add_audience', { roomID, userID: this.userID, userInfo: JSON.stringify({ userName, userAvatar }) })
  }

  /** The phone is switched off: nothing is said any more. */
  vanish(): void {
    this.isGone = true
  }

  async listRooms(index = 0, cnt = 20): Promise<readonly OldRoom[]> {
    return (await this.ask('get_room_list', { index, cnt })).rooms!
  }

  async destroyRoom(roomID = this.roomID, userID = this.userID): Promise<void> {
    await this.ask('destroy_room', { roomID, userID })
  }

  async audiences(roomID = this.roomID): Promise<Answer> {
    return this.ask('get_audiences', { roomID })
  }

  /** Without a `value` it counts by one, which is all that the first generation can. */
  async setCustomField(fieldName: string, operation: 'set' | 'inc' | 'dec', value?: string | number): Promise<void> {
    await this.ask('set_custom_field', { roomID: this.roomID, fieldName, operation, value })
  }

  /** Asks the anchor for the mic; ten seconds, as the page gives it. */
  async requestJoinAnchor(): Promise<'accept' | 'reject' | 'timeout'> {
    const answer = new Promise<'accept' | 'reject' | 'timeout'>((resolve) => {
      this.answerJoin = resolve
      this.phone.clock.after(10_000, () => resolve('timeout'))
    })
    await this.signal(this.roomCreator, { type: 'request', roomID: this.roomID, userID: this.userID, userName: this.me.userName, userAvatar: this.me.userAvatar })
    return answer
  }

  acceptJoinAnchor = (userID: string): Promise<void> => this.signal(userID, { type: 'response', result: 'accept', reason: '', roomID: this.roomID })
  rejectJoinAnchor = (userID: string): Promise<void> => this.signal(userID, { type: 'response', result: 'reject', reason: '主播拒绝了您的连麦请求', roomID: this.roomID })
  kickoutJoinAnchor = (userID: string): Promise<void> => this.signal(userID, { type: 'kickout', roomID: this.roomID })

  /** Everything that was asked has been answered. */
  async idle(): Promise<void> {
    while (this.outstanding.size > 0)
      await Promise.allSettled(this.outstanding)
  }

  /** Not escaped, which is why a raw `*` arrives. */
  protected who(): string {
    return `userID=${this.userID}${this.token === '' ? '' : `&token=${this.token}`}`
  }

  /** @returns what ends the beats */
  protected keepBeating(firstMs: number, everyMs: number, beat: () => void): () => void {
    let stopEvery = () => {}
    const stopFirst = this.phone.clock.after(firstMs, () => {
      beat()
      stopEvery = this.phone.clock.every(everyMs, beat)
    })
    return () => {
      stopFirst()
      stopEvery()
    }
  }

  /** @returns the answer, whatever its code */
  protected async post(action: string, query: string, body: Body | undefined): Promise<Answer> {
    const isEmpty = body === undefined
    const sending = this.phone.wire.send({
      path: `/weapp/${this.roomType}/${action}?${query}`,
      body: isEmpty ? undefined : JSON.stringify(body),
      headers: isEmpty ? {} : { 'content-type': 'application/json' },
    })
    this.outstanding.add(sending)
    try {
      return readAnswer(action, await sending)
    }
    finally {
      this.outstanding.delete(sending)
    }
  }

  /** In the background; a failure is told as an event. */
  protected run(task: () => Promise<unknown>): void {
    if (this.isGone)
      return
    const running = task().catch((error) => {
      if (!(error instanceof OldFailure))
        throw error
      this.events.push(`failed ${error.action} ${error.code}`)
    })
    this.outstanding.add(running)
    void running.finally(() => this.outstanding.delete(running))
  }

  protected checked(action: string, answer: Answer): Answer {
    if (answer.code)
      throw new OldFailure(answer.code, action, answer.message)
    return answer
  }

  protected adopt(answer: Answer): void {
    this.token = answer.token!
    this.timeDiff = this.phone.clock.now() - answer.timestamp
  }

  /** Tells the page who came and who left, by comparison. @returns whether anybody did */
  protected compare(pushers: readonly OldPusher[]): boolean {
    const others = (list: readonly OldPusher[]) => list.map(({ userID }) => userID).filter(id => id !== this.userID)
    const [before, now] = [others(this.pushers), others(pushers)]
    const entered = now.filter(id => !before.includes(id))
    const left = before.filter(id => !now.includes(id))
    this.pushers = pushers
    this.events.push(...entered.map(id => `enter ${id}`), ...left.map(id => `exit ${id}`))
    return entered.length + left.length > 0
  }

  private async signal(to: string, data: Body): Promise<void> {
    const timestamp = this.phone.clock.now() - this.timeDiff
    await this.phone.tim.sendToPerson(to, JSON.stringify({ cmd: 'linkmic', data: { ...data, timestamp } }))
  }

  private heardFromPerson(from: string, text: string): void {
    const { cmd, data } = JSON.parse(text) as { cmd: string, data: { type: string, result?: 'accept' | 'reject' } }
    if (cmd !== 'linkmic')
      return
    if (data.type === 'request')
      this.events.push(`asked by ${from}`)
    else if (data.type === 'response')
      this.answerJoin?.(data.result!)
    else if (data.type === 'kickout')
      this.events.push('kicked')
  }

  private heardInGroup(text: string): void {
    if ((JSON.parse(text) as { cmd: string }).cmd === 'notifyPusherChange')
      this.anchorsChanged()
  }
}

/** Old clients look at the code alone; here it must be what was promised. */
function readAnswer(action: string, { status, text }: WireAnswer): Answer {
  const answer = JSON.parse(text) as Answer
  if (status !== 200 || !Number.isInteger(answer.code) || typeof answer.message !== 'string' || !Number.isInteger(answer.timestamp))
    throw new Error(`${action} answered ${status} ${text}`)
  return answer
}
