/**
 * A bundled loop, played as the stream of somebody whose device cannot publish: in WeChat DevTools, and on phones that have no
 * live tags. It is lent for a while and goes when nobody asks for it any more. Rules: docs/SPEC.md, section SM.
 */
import type { Clock } from './clock'
import { SIMULATED_LEASE_MS } from '../shared/protocol/simulator'
import { PublishedElsewhere, SimulatorFull } from './errors'

export const SIMULATED_STREAMS_MAX = 20

export interface SimulatedStreams {
  /** Plays, or goes on playing for another lease. @throws PublishedElsewhere, SimulatorFull */
  lend: (streamId: string) => Promise<void>
  /** Does nothing when nothing is lent. */
  takeBack: (streamId: string) => void
}

export interface SimulatedStreamsOptions {
  readonly clock: Clock
  readonly isLive: (streamId: string) => Promise<boolean>
  readonly readLoop: () => Promise<Buffer>
  /** Plays an FLV file as a stream; returns its stop. `onEnded` is called when somebody else ends it. */
  readonly playLoop: (streamId: string, file: Buffer, onEnded: () => void) => () => void
}

interface Loan {
  stop: () => void
  /** Of the time that it is lent for. */
  cancelEnd: () => void
}

export function createSimulatedStreams({ clock, isLive, readLoop, playLoop }: SimulatedStreamsOptions): SimulatedStreams & { close: () => void } {
  const loans = new Map<string, Loan>()
  const endLater = (streamId: string) => clock.after(SIMULATED_LEASE_MS, () => takeBack(streamId))

  function forget(streamId: string): Loan | undefined {
    const loan = loans.get(streamId)
    loan?.cancelEnd()
    loans.delete(streamId)
    return loan
  }

  function takeBack(streamId: string): void {
    forget(streamId)?.stop()
  }

  async function begin(streamId: string): Promise<void> {
    const [file, isElsewhere] = await Promise.all([readLoop(), isLive(streamId)])
    if (loans.has(streamId)) // asked for twice at the same time
      return
    if (isElsewhere)
      throw PublishedElsewhere()
    if (loans.size >= SIMULATED_STREAMS_MAX)
      throw SimulatorFull(SIMULATED_STREAMS_MAX)
    const loan: Loan = { stop: playLoop(streamId, file, () => loans.get(streamId) === loan && forget(streamId)), cancelEnd: endLater(streamId) }
    loans.set(streamId, loan)
  }

  return {
    async lend(streamId) {
      const loan = loans.get(streamId)
      if (!loan)
        return begin(streamId)
      loan.cancelEnd()
      loan.cancelEnd = endLater(streamId)
    },
    takeBack,
    close: () => [...loans.keys()].forEach(takeBack),
  }
}
