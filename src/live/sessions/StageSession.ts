/** Who is on stage and where their streams are: fetches addresses as people come, and judges the mixed picture. */
import type { StageState, StageView } from './stageState'
import type { Timers } from './timers'
import type { RoomDetail } from '@/shared/protocol/rest'
import type { Clock } from '@/src/ports/Clock'
import type { RoomApi } from '@/src/ports/RoomApi'
import { backoffMs } from '@/shared/domain/backoff'
import { failureCode } from './failureCode'
import { Observable } from './Observable'
import { compositionOf, isMissing, NO_ADDRESSES, withDetail, withoutPlay } from './stageState'
import { createTimers } from './timers'
import { COMMAND_BACKOFF } from './untilAnswered'

/** An audience hears of a guest in the same moment; it asks for the addresses within this time. */
export const AUDIENCE_SPREAD_MS = 800
/** How long the mixed picture may take or stay away before the audience composes its own. */
export const MIX_PATIENCE_MS = 3000
/** The same on opening a room: a first picture that is slow over a slow network would be slower as four. */
export const MIX_FIRST_PATIENCE_MS = 8000
/** How long it does so then. */
export const MIX_DISTRUST_MS = 30_000

export interface StagePorts {
  readonly api: Pick<RoomApi, 'getRoom'>
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
}

export class StageSession {
  readonly state = new Observable<StageState>(NO_ADDRESSES)
  private view: StageView | undefined
  private isShowing = false
  private hasShown = false
  private isStopped = false
  /** The next question is waiting, or on its way. */
  private asking: 'no' | 'later' | 'now' = 'no'
  private tries = 0
  private readonly question: Timers
  private readonly patience: Timers
  private readonly distrust: Timers
  private isJudging = false

  constructor(private readonly ports: StagePorts, private readonly roomId: string) {
    this.question = createTimers(ports.clock)
    this.patience = createTimers(ports.clock)
    this.distrust = createTimers(ports.clock)
  }

  /** The room, the person's part in it, or the big player has changed. */
  see(view: StageView, isShowing: boolean): void {
    const before = this.view
    this.view = view
    this.isShowing = isShowing
    this.hasShown ||= isShowing
    if (before && !before.room.stage.isMixed && view.room.stage.isMixed)
      this.trust() // it has been made anew
    this.look(view.isOnStage && !before?.isOnStage)
  }

  /** Somebody else has asked: the addresses are there already. */
  know(detail: RoomDetail): void {
    if (!this.isStopped)
      this.state.set(withDetail(this.state.value, detail, this.view?.room ?? detail.room))
  }

  /** A guest's player was refused: addresses do not serve for ever. */
  renew(requestId: string): void {
    if (this.isStopped)
      return
    this.state.set(withoutPlay(this.state.value, requestId))
    this.look()
  }

  /** Nothing is asked for, and nothing changes any more. */
  stop(): void {
    this.isStopped = true
    for (const timers of [this.question, this.patience, this.distrust])
      timers.stop()
  }

  private look(isUrgent = false): void {
    if (this.isStopped || !this.view)
      return
    if (isMissing(this.state.value, this.view))
      this.ask(this.view.isOnStage ? 0 : this.ports.random() * AUDIENCE_SPREAD_MS, isUrgent)
    this.judge()
  }

  private ask(delayMs: number, isUrgent = false): void {
    if (this.asking === 'now' || (this.asking === 'later' && !isUrgent))
      return
    this.question.stop()
    this.asking = 'later'
    this.question.after(delayMs, () => void this.fetch())
  }

  private async fetch(): Promise<void> {
    this.asking = 'now'
    const detail = await this.ports.api.getRoom(this.roomId).catch(error => void failureCode(error))
    this.asking = 'no'
    if (this.isStopped || !this.view)
      return
    if (detail)
      this.know(detail)
    if (!isMissing(this.state.value, this.view))
      this.tries = 0
    else // it failed, or somebody has come meanwhile
      this.ask(backoffMs(COMMAND_BACKOFF, this.tries++, this.ports.random()))
    this.judge()
  }

  private judge(): void {
    const { view } = this
    const isDoubtful = view?.room.status === 'live' && !this.isShowing && compositionOf(this.state.value, view) === 'mixed'
    if (isDoubtful === this.isJudging)
      return
    this.isJudging = isDoubtful
    this.patience.stop()
    if (isDoubtful)
      this.patience.after(this.hasShown ? MIX_PATIENCE_MS : MIX_FIRST_PATIENCE_MS, () => this.giveUpMix())
  }

  private giveUpMix(): void {
    this.isJudging = false
    this.state.set({ ...this.state.value, mixed: null, isMixDistrusted: true })
    this.distrust.after(MIX_DISTRUST_MS, () => {
      this.trust()
      this.look()
    })
  }

  private trust(): void {
    this.distrust.stop()
    if (this.state.value.isMixDistrusted)
      this.state.set({ ...this.state.value, isMixDistrusted: false })
  }
}
