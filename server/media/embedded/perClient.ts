import { clientOf } from '../../client'

/** How many of something each client has. */
export class PerClient {
  private readonly counts = new Map<string, number>()

  countOf(address: string | undefined): number {
    return this.counts.get(clientOf(address)) ?? 0
  }

  add(address: string | undefined): void {
    this.counts.set(clientOf(address), this.countOf(address) + 1)
  }

  remove(address: string | undefined): void {
    const left = this.countOf(address) - 1
    if (left > 0)
      this.counts.set(clientOf(address), left)
    else
      this.counts.delete(clientOf(address))
  }
}
