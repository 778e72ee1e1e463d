/** The order in the anchor's room: what is known of it, and the anchor's commands on their way. */
import type { Timers } from './timers'
import type { UntilAnswered } from './untilAnswered'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { ModerationCommand, ModerationView } from '@/shared/protocol/moderation'
import type { Clock } from '@/src/ports/Clock'
import type { RoomApi } from '@/src/ports/RoomApi'
import { failureCode } from './failureCode'
import { Observable } from './Observable'
import { createTimers } from './timers'
import { createUntilAnswered } from './untilAnswered'

/** A command that does not arrive for so long has failed. */
export const ORDER_PATIENCE_MS = 8000

export interface OrderState {
  readonly lists:
    | { readonly status: 'loading' }
    | { readonly status: 'failed', readonly code: ErrorCode }
    | { readonly status: 'loaded', readonly view: ModerationView }
  /** Commands without an answer, in the order in which they were given. */
  readonly pending: readonly ModerationCommand[]
  /** Why the last one failed; cleared by the next. */
  readonly problem: ErrorCode | null
}

export const UNKNOWN_ORDER: OrderState = { lists: { status: 'loading' }, pending: [], problem: null }

export interface OrderPorts {
  readonly api: Pick<RoomApi, 'getModeration' | 'moderate'>
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
}

export class OrderSession {
  readonly state = new Observable<OrderState>(UNKNOWN_ORDER)
  private readonly timers: Timers
  private readonly untilAnswered: UntilAnswered
  private isStopped = false
  /** Questions and commands are numbered: an answer older than one already taken is passed over. */
  private asked = 0
  private taken = 0

  constructor(private readonly ports: OrderPorts, private readonly roomId: string) {
    this.timers = createTimers(ports.clock)
    this.untilAnswered = createUntilAnswered(this.timers, ports.random)
  }

  load(): void {
    const turn = ++this.asked
    if (this.state.value.lists.status === 'failed')
      this.change({ lists: { status: 'loading' } })
    this.ports.api.getModeration(this.roomId).then(
      view => this.take(turn, view),
      (error) => {
        const code = failureCode(error)
        if (this.state.value.lists.status !== 'loaded')
          this.change({ lists: { status: 'failed', code } })
      },
    )
  }

  /** One at a time for each person. */
  give(command: ModerationCommand): void {
    if (this.state.value.pending.some(other => isAboutSame(other, command)))
      return
    const turn = ++this.asked
    const until = this.ports.clock.now() + ORDER_PATIENCE_MS
    this.change({ pending: [...this.state.value.pending, command], problem: null })
    this.untilAnswered({
      call: () => this.ports.api.moderate(this.roomId, command),
      isWanted: () => !this.isStopped && this.ports.clock.now() < until,
      answered: (view) => {
        this.settle(command)
        this.take(turn, view)
      },
      refused: (code) => {
        this.settle(command)
        this.change({ problem: code })
      },
    })
  }

  stop(): void {
    this.isStopped = true
    this.timers.stop()
  }

  private take(turn: number, view: ModerationView): void {
    if (turn < this.taken)
      return
    this.taken = turn
    this.change({ lists: { status: 'loaded', view } })
  }

  private settle(command: ModerationCommand): void {
    this.change({ pending: this.state.value.pending.filter(other => other !== command) })
  }

  private change(part: Partial<OrderState>): void {
    if (!this.isStopped)
      this.state.set({ ...this.state.value, ...part })
  }
}

const personOf = (command: ModerationCommand): string | undefined => 'userId' in command ? command.userId : undefined
const isAboutSame = (one: ModerationCommand, other: ModerationCommand): boolean => personOf(one) === personOf(other)
