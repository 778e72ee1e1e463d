/** A room whose chat Tencent IM carries: who is in it, its order, and what is told to its group. */
import type { RandomBytes } from '../../../shared/domain/ids'
import type { Moderation } from '../../../shared/domain/moderation'
import type { User } from '../../../shared/protocol/rest'
import type { GroupNews } from '../../../shared/protocol/tencentIm'
import type { Clock } from '../../clock'
import type { ImAddresses } from '../ImAddresses'
import type { ImServerEvents, RoomNews, Signal } from '../ImServer'
import type { Beat } from '../PresenceDoor'
import type { Errand, ErrandQueue } from './ErrandQueue'
import type { ImApi } from './imApi'
import type { Priority } from './priority'
import { NOTICE_MS } from '../../chat/limits'
import { Pacer } from '../../chat/Pacer'
import { RoomOrder } from '../../chat/RoomOrder'
import { RoomEnded } from '../../errors'
import { Discipline } from './Discipline'
import { isCode } from './imApi'
import { random32 } from './imRest'
import { NEWS_MS, STALE_NEWS_MS, VITAL_MS } from './limits'
import { OldClients } from './oldDialect/OldClients'
import { ImCode } from './TencentImError'
import { Visits } from './Visits'

export interface TencentRoomOptions {
  readonly roomId: string
  readonly addresses: ImAddresses
  readonly api: ImApi
  readonly queue: Pick<ErrandQueue, 'add' | 'forgetLesser'>
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly events: ImServerEvents
}

export class TencentRoom {
  hasEnded = false
  readonly visits: Visits
  readonly oldClients: OldClients
  private anchorId: string | undefined
  private order: RoomOrder | undefined
  private readonly discipline: Discipline
  private readonly arrivals: User[] = []
  private readonly arrivalPacer: Pacer
  private readonly onlinePacer: Pacer
  /** As Tencent counts, with the anchor; undefined while it does not answer. */
  private counted: number | undefined
  /** An anchor who reloads the page is away for a moment, and in that number still. */
  private hasCountedAnchor = false
  private toldOnline = 0
  /** Who was told of a way to the mic: all others stand where they think. */
  private readonly onTheWay = new Set<string>()

  constructor(private readonly options: TencentRoomOptions) {
    const { roomId, queue, api, clock, events } = options
    this.discipline = new Discipline(roomId, queue, api)
    this.oldClients = new OldClients(options)
    this.arrivalPacer = new Pacer(clock, NOTICE_MS, () => this.tellArrivals())
    this.onlinePacer = new Pacer(clock, NOTICE_MS, () => this.tellOnline())
    this.visits = new Visits({
      presenceChanged: (user, presence) => events.presenceChanged(roomId, user, presence),
      hasCome: user => this.welcome(user),
      counted: () => this.onlinePacer.request(),
    })
  }

  get roomId(): string {
    return this.options.roomId
  }

  get online(): number {
    const { counted = 0, hasCountedAnchor, visits } = this
    return Math.max(counted - (visits.hasAnchor || hasCountedAnchor ? 1 : 0), visits.online)
  }

  /** Whose the group is to be; undefined: the administrator's. Old clients make theirs, too, and end it. */
  get groupOwner(): string | undefined {
    return this.isAnchorOld ? this.anchorId : undefined
  }

  begin(anchorId: string): void {
    this.hasEnded = false
    this.anchorId = anchorId
    this.oldClients.begin(anchorId)
  }

  end(): void {
    this.hasEnded = true
    this.arrivals.length = 0
    this.stop()
  }

  stop(): void {
    this.arrivalPacer.stop()
    this.onlinePacer.stop()
    this.oldClients.stop()
  }

  /** An app tells that its person is there. @throws AppError when the room has ended, or the person was sent away */
  beat(user: User, beat: Beat, isAnchor: boolean): void {
    if (this.hasEnded)
      throw RoomEnded(this.options.roomId)
    this.order?.admit(user.id)
    this.visits.beat(user, beat, isAnchor, this.options.clock.now())
  }

  /** @throws AppError when this person may not speak here */
  hear(userId: string): void {
    if (this.hasEnded)
      throw RoomEnded(this.options.roomId)
    this.order?.hear(userId)
  }

  moderate(anchorId: string, moderation: Moderation<string>): void {
    const { roomId, api, queue, randomBytes } = this.options
    this.order = new RoomOrder(roomId, anchorId, moderation)
    for (const userId of this.discipline.tell(moderation)) {
      this.visits.remove(userId)
      if (this.oldClients.speaksTo(userId))
        continue // the group sends them away
      const random = random32(randomBytes)
      queue.add({ key: userId, command: 'sendmsg', priority: 'High', isVital: true, ttlMs: NEWS_MS, run: () => api.tellPerson(userId, { type: 'removed', roomId }, random) })
    }
  }

  tell(news: RoomNews): void {
    const at = this.options.clock.now()
    if (news.type === 'roomEnded') {
      this.end() // it is to be the last
      this.options.queue.forgetLesser(this.options.roomId)
    }
    else {
      this.oldClients.hearRoom(news.room)
    }
    this.post({ ...news, seq: 0, at }, 'High', news.type === 'roomEnded' ? { isVital: true, ttlMs: VITAL_MS } : { ttlMs: NEWS_MS })
  }

  signal(userId: string, signal: Signal): void {
    const { roomId, api, queue, randomBytes } = this.options
    if (this.oldClients.speaksTo(userId))
      return signal.type === 'linkMic' ? this.oldClients.hear(userId, signal.view) : undefined
    if (signal.type === 'linkMic' && !this.concerns(userId, signal.view))
      return
    const random = random32(randomBytes)
    queue.add({ key: userId, command: 'sendmsg', priority: 'High', isVital: true, replaces: `${signal.type} ${roomId}`, ttlMs: NEWS_MS, run: () => api.tellPerson(userId, signal, random) })
  }

  /** Asks the cloud how many there are. Never rejects. */
  async count(): Promise<void> {
    this.counted = await this.options.api.countOnline(this.options.roomId).catch(() => undefined)
    this.hasCountedAnchor = this.visits.hasAnchor || this.isAnchorOld
    if (this.online !== this.toldOnline)
      this.onlinePacer.request()
  }

  sweep(): void {
    this.visits.sweep(this.options.clock.now())
  }

  /** In the group, and without beats. */
  private get isAnchorOld(): boolean {
    return this.anchorId !== undefined && this.oldClients.speaksTo(this.anchorId)
  }

  /** That somebody stands nowhere is news for those only who stood somewhere: everybody else has just asked. */
  private concerns(userId: string, { link, queue }: Extract<Signal, { type: 'linkMic' }>['view']): boolean {
    const isOnTheWay = queue !== undefined || link.status !== 'idle' || link.ending !== null
    if (isOnTheWay)
      this.onTheWay.add(userId)
    return isOnTheWay || this.onTheWay.has(userId)
  }

  private welcome(user: User): void {
    this.options.events.joined(this.options.roomId, user)
    this.arrivals.push(user)
    this.arrivalPacer.request()
  }

  private tellArrivals(): void {
    const [user, ...others] = this.arrivals.splice(0)
    const { id, nickname, avatar } = user
    this.post({ type: 'joinNotice', seq: 0, at: this.options.clock.now(), user: { id, nickname, avatar }, others: others.length }, 'Low', { ttlMs: STALE_NEWS_MS })
  }

  private tellOnline(): void {
    const { online, options: { roomId, events } } = this
    if (online === this.toldOnline || this.hasEnded)
      return
    this.toldOnline = online
    events.onlineChanged(roomId, online)
    this.post({ type: 'online', roomId, online }, 'Lowest', { replaces: 'online', ttlMs: STALE_NEWS_MS })
  }

  private post(news: GroupNews, priority: Priority, rest: Pick<Errand, 'isVital' | 'ttlMs' | 'replaces'>): void {
    const random = random32(this.options.randomBytes)
    this.options.queue.add({ key: this.options.roomId, command: 'send_group_msg', isMessage: true, priority, ...rest, run: () => this.deliver(news, priority, random) })
  }

  /** A group that is not there, because the cloud did not answer when it was to be made, is made now. */
  private async deliver(news: GroupNews, priority: Priority, random: number): Promise<void> {
    const { api, roomId } = this.options
    try {
      await api.tellGroup(roomId, news, priority, random)
    }
    catch (error) {
      if (isCode(error, ImCode.noSuchGroup, ImCode.groupGone)) {
        if (this.hasEnded)
          return // an old anchor has dismissed it, which tells as much
        await api.createGroup(roomId, this.groupOwner)
        return api.tellGroup(roomId, news, priority, random)
      }
      if (priority === 'High' && isCode(error, ImCode.tooManyMessages))
        return api.notifyGroup(roomId, news) // people say so much that there is no place among them
      throw error
    }
  }
}
