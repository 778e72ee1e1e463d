import type { Clock } from './clock'

/** Hands work a signal that aborts it when its time is up. The timer ends with the work. */
export async function within<Result>(clock: Pick<Clock, 'after'>, timeoutMs: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const giveUp = new AbortController()
  const stop = clock.after(timeoutMs, () => giveUp.abort())
  try {
    return await work(giveUp.signal)
  }
  finally {
    stop()
  }
}
