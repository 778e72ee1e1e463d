import type { VirtualClock } from '@/server/testing/VirtualClock'
import { ApiFailure } from '@/src/ports/RoomApi'

/** Between everybody and the server. While it is rough, what is sent takes its time, is lost, or comes twice. */
export class Network {
  isRough = true

  constructor(readonly clock: VirtualClock, readonly random: () => number) {}

  chance = (probability: number): boolean => this.random() < probability
  pick = <Item>(items: readonly Item[]): Item => items[Math.floor(this.random() * items.length)]

  get delayMs(): number {
    return this.isRough ? this.pick([5, 5, 30, 200, 900, 3000]) : 10
  }

  later(action: () => void, ms = this.delayMs): void {
    this.clock.after(ms, action)
  }

  travel(ms = this.delayMs): Promise<void> {
    return new Promise(resolve => this.later(resolve, ms))
  }

  /** A request to the server and its answer: each may be lost; who asks is told after a while that it failed. */
  async ask<Answer>(answer: () => Promise<Answer>): Promise<Answer> {
    await this.travel()
    if (this.isLost())
      return this.fail()
    if (this.isRough && this.chance(0.1))
      this.later(() => answer().catch(() => {})) // the same once more
    const answered = await answer()
    if (this.isLost())
      return this.fail()
    await this.travel()
    return structuredClone(answered)
  }

  private isLost(): boolean {
    return this.isRough && this.chance(0.08)
  }

  private async fail(): Promise<never> {
    await this.travel(this.pick([100, 4000]))
    throw new ApiFailure(this.pick(['NETWORK', 'TIMEOUT'] as const), 'lost')
  }
}
