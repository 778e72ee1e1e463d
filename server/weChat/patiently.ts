/** A piece of work with a time limit, tried a second time where that does no harm. */
import type { Clock } from '../clock'

const PAUSE_MS = 200

export interface Patience {
  readonly clock: Pick<Clock, 'after'>
  /** For everything together, milliseconds. */
  readonly timeoutMs: number
  /** What is thrown when the time is up. */
  readonly tooLate: () => Error
  readonly mayRepeat: (error: unknown) => boolean
}

export async function patiently<Result>({ clock, timeoutMs, tooLate, mayRepeat }: Patience, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController()
  let stop = () => {}
  const end = new Promise<never>((_, reject) => stop = clock.after(timeoutMs, () => {
    reject(tooLate())
    controller.abort()
  }))
  const pause = () => new Promise<void>(resolve => clock.after(PAUSE_MS, resolve))
  async function tryTwice(): Promise<Result> {
    try {
      return await work(controller.signal)
    }
    catch (error) {
      if (controller.signal.aborted || !mayRepeat(error))
        throw error
    }
    await pause()
    return work(controller.signal)
  }
  try {
    return await Promise.race([tryTwice(), end])
  }
  finally {
    stop()
  }
}
