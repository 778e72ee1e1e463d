/** Tells the old clients in a room, in their own words, what becomes of its stage. */
import type { RandomBytes } from '../../../../shared/domain/ids'
import type { LinkMicEnd } from '../../../../shared/domain/linkMic'
import type { Application, LinkMicView } from '../../../../shared/protocol/linkMic'
import type { Room, User } from '../../../../shared/protocol/rest'
import type { Clock } from '../../../clock'
import type { ImAddresses } from '../../ImAddresses'
import type { ErrandQueue } from '../ErrandQueue'
import type { ImApi } from '../imApi'
import { NOTICE_MS } from '../../../chat/limits'
import { Pacer } from '../../../chat/Pacer'
import { random32 } from '../imRest'
import { NEWS_MS, STALE_NEWS_MS } from '../limits'
import { ANCHORS_CHANGED, ANCHORS_CHANGED_NOTICE, oldKickout, oldRequest, oldResponse } from './messages'
import { reasonOfEnding } from './reasons'

export interface OldClientsOptions {
  readonly roomId: string
  readonly addresses: ImAddresses
  readonly api: Pick<ImApi, 'whisper' | 'tellGroup' | 'notifyGroup'>
  readonly queue: Pick<ErrandQueue, 'add'>
  readonly clock: Clock
  readonly randomBytes: RandomBytes
}

type Way = 'asking' | 'seated'

export class OldClients {
  private anchorId: string | undefined
  /** How far each of them has come, as it was told. */
  private readonly ways = new Map<string, Way>()
  /** Applications that an old anchor has been told of, by their requests. */
  private offered: ReadonlySet<string> = new Set()
  /** Who is on stage, as its people were last told. */
  private onStage: readonly string[] = []
  private readonly changes: Pacer

  constructor(private readonly options: OldClientsOptions) {
    this.changes = new Pacer(options.clock, NOTICE_MS, () => this.tellChange())
  }

  /** It is the anchor in whose name they are spoken to. */
  begin(anchorId: string): void {
    this.anchorId = anchorId
  }

  stop(): void {
    this.changes.stop()
  }

  speaksTo(userId: string): boolean {
    return this.options.addresses.isOldClient(userId)
  }

  /** One of them is about to apply: an answer may come before the application is seen to wait. */
  expect(userId: string): void {
    this.ways.set(userId, 'asking')
  }

  /** To one whose application was not taken at all. */
  refuse(userId: string, reason: string): void {
    this.ways.delete(userId)
    this.answer(userId, 'reject', reason)
  }

  /** To one who asks again, and has a seat already. */
  accept(userId: string): void {
    this.answer(userId, 'accept', '')
  }

  /** How one of them stands. */
  hear(userId: string, { link, queue }: LinkMicView): void {
    if (queue)
      return this.offer(userId, queue)
    const before = this.ways.get(userId)
    switch (link.status) {
      case 'applying':
        return this.expect(userId)
      case 'connecting':
      case 'linked':
      case 'dropped':
        this.ways.set(userId, 'seated')
        return before === 'asking' ? this.accept(userId) : undefined
      case 'idle':
        return link.ending ? this.end(userId, link.ending.reason) : undefined
    }
  }

  /** The room has changed: who is in the picture may have, too. */
  hearRoom({ anchor, stage }: Room): void {
    const before = this.onStage
    this.onStage = stage.guests.flatMap(({ user, status }) => status === 'connecting' ? [] : [user.id]).sort()
    const hasChanged = before.join() !== this.onStage.join()
    if (hasChanged && [anchor.id, ...before, ...this.onStage].some(userId => this.speaksTo(userId)))
      this.changes.request()
  }

  private end(userId: string, reason: LinkMicEnd): void {
    const before = this.ways.get(userId)
    this.ways.delete(userId)
    if (before === 'asking' && reason !== 'cancelled' && reason !== 'roomEnded')
      this.answer(userId, 'reject', reasonOfEnding(reason))
    if (before === 'seated' && (reason === 'kicked' || reason === 'noStream' || reason === 'dropped'))
      this.whisper(this.anchorId, userId, (roomID, now) => oldKickout(roomID, now))
  }

  private offer(anchorId: string, queue: readonly Application[]): void {
    const before = this.offered
    this.offered = new Set(queue.map(({ requestId }) => requestId))
    for (const { user, requestId } of queue) {
      if (!before.has(requestId))
        this.whisper(user.id, anchorId, (roomID, now) => oldRequest(roomID, now, this.present(user)))
    }
  }

  private present({ id, nickname }: User) {
    const { accountOf, profileOf } = this.options.addresses
    const { name = nickname, avatar = '' } = profileOf(id) ?? {}
    return { userID: accountOf(id) ?? id, userName: name, userAvatar: avatar }
  }

  private answer(userId: string, result: 'accept' | 'reject', reason: string): void {
    this.whisper(this.anchorId, userId, (roomID, now) => oldResponse(roomID, now, result, reason))
  }

  /** Made when it leaves: it says when that is. */
  private whisper(from: string | undefined, to: string, make: (roomID: string, now: number) => object): void {
    const { roomId, addresses, api, queue, clock, randomBytes } = this.options
    const random = random32(randomBytes)
    const run = () => api.whisper(from, to, make(addresses.groupOf(roomId), clock.now()), random)
    queue.add({ key: to, command: 'sendmsg', priority: 'High', isVital: true, ttlMs: NEWS_MS, run })
  }

  private tellChange(): void {
    const { roomId, api, queue, randomBytes } = this.options
    const random = random32(randomBytes)
    const errand = { key: roomId, priority: 'Normal', ttlMs: STALE_NEWS_MS } as const
    queue.add({ ...errand, command: 'send_group_msg', isMessage: true, replaces: 'anchors', run: () => api.tellGroup(roomId, ANCHORS_CHANGED, 'Normal', random) })
    queue.add({ ...errand, command: 'send_group_system_notification', replaces: 'anchorsNotice', run: () => api.notifyGroup(roomId, ANCHORS_CHANGED_NOTICE) })
  }
}
