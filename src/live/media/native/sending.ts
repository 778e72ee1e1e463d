/** Start and stop of <live-pusher>, one after the other: a start that overtakes the stop before it would be stopped by it. */
import type { NativePusherContext } from './pusherContext'
import type { Clock } from '@/src/ports/Clock'

/** Should WeChat not answer to stop(), it counts as done. */
const STOP_PATIENCE_MS = 1000

export interface Sending {
  /** As soon as the stop before it has been answered. Returns what gives it up before that. */
  begin: (whenRefused: () => void) => () => void
  /** Rejects when WeChat refuses, as it does in the background. */
  end: () => Promise<void>
}

export function createSending(context: () => Pick<NativePusherContext, 'start' | 'stop'>, clock: Clock): Sending {
  let isEnding = false
  let next = () => {}

  function whenEnded() {
    isEnding = false
    next()
  }

  function waitThen(start: () => void): () => void {
    const giveUp = () => {
      next = () => {}
    }
    next = () => {
      giveUp()
      start()
    }
    return giveUp
  }

  return {
    begin(whenRefused) {
      const start = () => context().start({ fail: whenRefused })
      if (isEnding)
        return waitThen(start)
      start()
      return () => {}
    },
    end() {
      isEnding = true
      return new Promise((resolve, reject) => {
        let isOver = false
        const settle = (answer: () => void) => {
          if (isOver)
            return
          isOver = true
          stopTimer()
          answer()
          whenEnded()
        }
        const stopTimer = clock.after(STOP_PATIENCE_MS, () => settle(resolve))
        context().stop({
          success: () => settle(() => resolve()),
          fail: () => settle(() => reject(new Error('stop was refused'))),
        })
      })
    },
  }
}
