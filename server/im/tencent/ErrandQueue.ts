/**
 * What is to be told to the cloud, in the order of its importance and at the pace that the cloud allows. Errands of one key
 * run one after the other; one that fails for a passing reason is tried again until it is stale. Bounded: when too many
 * wait, the least important is given up.
 */
import type { ChatLog } from '../../chat/log'
import type { Clock } from '../../clock'
import type { Priority } from './priority'
import { backoffMs } from '../../../shared/domain/backoff'
import { ERRAND_BACKOFF, ERRANDS_IN_FLIGHT, ERRANDS_MAX, ERRANDS_OF_ONE_MAX } from './limits'
import { Pace } from './Pace'
import { PRIORITIES } from './priority'
import { TencentImError } from './TencentImError'

export interface Errand {
  /** A room's or a person's id. */
  readonly key: string
  readonly command: string
  readonly priority: Priority
  /** Given up for nothing else. */
  readonly isVital?: boolean
  /** Counts among what its group takes a second. */
  readonly isMessage?: boolean
  /** Takes the place of one of the same name and key that waits. */
  readonly replaces?: string
  /** Worth doing for so long. */
  readonly ttlMs: number
  readonly run: () => Promise<void>
  /** It was not done, and will not be. */
  readonly givenUp?: () => void
}

export interface ErrandFigures {
  readonly done: number
  readonly givenUp: number
  readonly waiting: number
}

interface Waiting {
  readonly errand: Errand
  readonly deadline: number
  notBefore: number
  attempt: number
  isRunning: boolean
}

export interface ErrandQueueOptions {
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  readonly log: ChatLog
}

export class ErrandQueue {
  private waiting: Waiting[] = []
  private readonly busy = new Set<string>()
  private readonly pace = new Pace()
  private done = 0
  private givenUp = 0
  private cancelWake = () => {}
  private isClosed = false

  constructor(private readonly options: ErrandQueueOptions) {}

  get figures(): ErrandFigures {
    return { done: this.done, givenUp: this.givenUp, waiting: this.waiting.length }
  }

  add(errand: Errand): void {
    if (this.isClosed)
      return
    const now = this.options.clock.now()
    const fresh: Waiting = { errand, deadline: now + errand.ttlMs, notBefore: now, attempt: 0, isRunning: false }
    const replaced = errand.replaces === undefined ? -1 : this.waiting.findIndex(one => !one.isRunning && one.errand.replaces === errand.replaces && one.errand.key === errand.key)
    if (replaced >= 0)
      this.waiting[replaced] = fresh
    else
      this.waiting.push(fresh)
    this.makeRoom(({ errand: { key } }) => key === errand.key, ERRANDS_OF_ONE_MAX)
    this.makeRoom(() => true, ERRANDS_MAX)
    this.work()
  }

  /** Of what waits for this key, only what matters most is of use any more. */
  forgetLesser(key: string): void {
    this.waiting = this.waiting.filter(({ isRunning, errand }) => isRunning || errand.key !== key || errand.priority === 'High')
  }

  /** Gives up what waits; what runs is not waited for. */
  close(): void {
    this.isClosed = true
    this.cancelWake()
    this.waiting = []
  }

  private makeRoom(concerns: (one: Waiting) => boolean, max: number): void {
    const those = this.waiting.filter(concerns)
    if (those.length <= max)
      return
    const least = those.filter(one => !one.isRunning).reduce((a, b) => rank(b.errand) < rank(a.errand) ? b : a)
    this.giveUp(least, 'too much waits')
  }

  private work(): void {
    this.cancelWake()
    const now = this.options.clock.now()
    for (const one of this.waiting.filter(({ isRunning, deadline }) => !isRunning && deadline <= now))
      this.giveUp(one, 'stale')
    let wakeAt = Number.POSITIVE_INFINITY
    for (const priority of PRIORITIES)
      wakeAt = Math.min(wakeAt, this.startAll(priority, now))
    if (Number.isFinite(wakeAt))
      this.cancelWake = this.options.clock.after(Math.max(1, wakeAt - now), () => this.work())
  }

  /** @returns when the first of those that have to wait may go on */
  private startAll(priority: Priority, now: number): number {
    const passed = new Set<string>()
    let wakeAt = Number.POSITIVE_INFINITY
    for (const one of this.waiting) {
      const { errand, isRunning } = one
      if (this.busy.size >= ERRANDS_IN_FLIGHT)
        break
      if (isRunning || errand.priority !== priority || passed.has(errand.key))
        continue
      passed.add(errand.key) // the others of this key come after it
      if (this.busy.has(errand.key))
        continue
      const at = one.notBefore > now ? one.notBefore : now + this.pace.take({ command: errand.command, group: errand.isMessage ? errand.key : undefined }, now)
      if (at > now)
        wakeAt = Math.min(wakeAt, at)
      else
        void this.run(one)
    }
    return wakeAt
  }

  private async run(one: Waiting): Promise<void> {
    const { errand } = one
    one.isRunning = true
    this.busy.add(errand.key)
    try {
      await errand.run()
      this.done++
      this.remove(one)
    }
    catch (error) {
      this.failed(one, error)
    }
    finally {
      this.busy.delete(errand.key)
      one.isRunning = false
      if (!this.isClosed)
        this.work()
    }
  }

  private failed(one: Waiting, error: unknown): void {
    const { clock, random } = this.options
    if (!(error instanceof TencentImError) || !error.isPassing)
      return this.giveUp(one, error instanceof Error ? error.message : 'an error')
    one.notBefore = clock.now() + backoffMs(ERRAND_BACKOFF, one.attempt++, random())
    if (one.notBefore >= one.deadline)
      this.giveUp(one, error.message)
  }

  private giveUp(one: Waiting, reason: string): void {
    this.givenUp++
    this.remove(one)
    const { key, command, priority, isVital, givenUp } = one.errand
    givenUp?.()
    if (isVital || priority === 'High')
      this.options.log.warn({ key, command, reason }, 'Tencent IM was not told something')
  }

  private remove(one: Waiting): void {
    this.waiting = this.waiting.filter(other => other !== one)
  }
}

const rank = ({ priority, isVital }: Errand): number => isVital ? PRIORITIES.length : PRIORITIES.length - 1 - PRIORITIES.indexOf(priority)
