/**
 * A platform that obeys the machine's effects: a network and a server that come and go, calls, a background in which closing is
 * refused, a person who taps. It counts for itself what the rules are about; recoveryWalk.test.ts compares.
 */
import type { Recovery, RecoveryEffect, RecoveryEvent, RecoveryPolicy, Way } from '../recovery/recoveryState'
import { transitionRecovery, wakeAt } from '../recovery/recovery'
import { IDLE } from '../recovery/recoveryState'

export interface WorldStep {
  readonly before: Recovery
  readonly event: RecoveryEvent
  readonly effects: readonly RecoveryEffect[]
}

export class RecoveryWorld {
  now = 1_790_000_000_000
  state: Recovery = IDLE
  /** Ways that are open as the platform sees it, by their numbers; one that would not close is among them. */
  readonly running = new Set<number>()
  isPaused = false
  private readonly said: RecoveryEvent[] = []

  constructor(readonly policy: RecoveryPolicy, private readonly random: () => number, private readonly check: (step: WorldStep) => void) {}

  chance = (probability: number): boolean => this.random() < probability
  pick = <Item>(items: readonly Item[]): Item => items[Math.floor(this.random() * items.length)]

  /** One of them, as often as its weight says. */
  oneOf(choices: readonly (readonly [weight: number, act: () => void])[]): void {
    let at = this.random() * choices.reduce((sum, [weight]) => sum + weight, 0)
    choices.find(([weight]) => (at -= weight) < 0)![1]()
  }

  hear(event: RecoveryEvent): void {
    this.said.push(event)
    const before = this.state
    const { state, effects } = transitionRecovery(before, event, { at: this.now, random: this.random() }, this.policy)
    this.state = state
    effects.forEach(effect => this.perform(effect))
    this.check({ before, event, effects })
  }

  /** What was said once is said again, late. */
  hearAgain(): void {
    if (this.said.length > 0)
      this.hear(this.pick(this.said.slice(-40)))
  }

  /** Time passes; what falls due, happens. */
  pass(ms: number): void {
    const end = this.now + ms
    for (let due = wakeAt(this.state, this.policy); due !== null && due <= end; due = wakeAt(this.state, this.policy)) {
      this.now = Math.max(this.now, due)
      this.hear({ type: 'timeUp' })
    }
    this.now = end
  }

  start(ways: readonly Way[]): void {
    this.hear({ type: 'start', ways })
  }

  private perform(effect: RecoveryEffect): void {
    switch (effect.type) {
      case 'open':
        this.running.clear() // all openings share one context
        this.running.add(effect.seq)
        this.isPaused = false
        break
      case 'close':
      case 'closeAgain':
        this.end(effect.seq)
        break
      case 'pause':
      case 'resume':
        this.isPaused = effect.type === 'pause'
    }
  }

  private end(seq: number): void {
    const isRefused = this.state.isHidden && this.chance(0.7)
    if (!isRefused)
      this.running.clear()
    this.answers.push({ type: isRefused ? 'closeRefused' : 'closed', seq })
  }

  private readonly answers: RecoveryEvent[] = []

  /** The platform answers later. */
  answer(): void {
    const answer = this.answers.shift()
    if (answer)
      this.hear(answer)
  }

  answerAll(): void {
    while (this.answers.length > 0)
      this.answer()
  }
}
