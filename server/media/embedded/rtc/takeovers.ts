import type { StreamHub } from '../streamHub'

/** A client that lost its stream asks again within a minute or never; ids are 32 characters. */
const REMEMBERED = 1000

/**
 * Which WHIP sessions lost their stream to another client. Two that publish the same room would otherwise take it from
 * each other for ever, each believing to come back from a dropped network.
 */
export class Takeovers {
  private readonly replaced = new Set<string>()

  constructor(private readonly hub: Pick<StreamHub, 'find'>) {}

  /** `sessionId` is that of the resource under /rtc. */
  remember(sessionId: string): void {
    this.replaced.add(sessionId)
    if (this.replaced.size > REMEMBERED)
      this.replaced.delete(this.replaced.values().next().value!)
  }

  /** `after` is the session that the newcomer had before, if it says so. */
  speakAgainst(streamId: string, after: string | undefined): boolean {
    return after !== undefined && this.replaced.has(after) && this.hub.find(streamId) !== undefined
  }
}
