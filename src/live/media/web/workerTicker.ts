/** A timer for drawing that keeps its pace in a hidden tab, where a page's own timers are cut to one a second. */
import type { Clock } from '@/src/ports/Clock'

const WORKER = 'onmessage = ({ data }) => setInterval(postMessage, data, 0)'

/** Returns its stop. Where a page may not have workers, the ordinary timer does it. */
export function tickInWorker(clock: Clock, everyMs: number, action: () => void): () => void {
  const source = URL.createObjectURL(new Blob([WORKER], { type: 'text/javascript' }))
  let stopTimer: (() => void) | undefined
  const worker = new Worker(source)
  worker.onmessage = action
  worker.onerror = () => stopTimer ??= clock.every(everyMs, action) // a content security policy without blob:
  worker.postMessage(everyMs)
  return () => {
    worker.terminate()
    stopTimer?.()
    URL.revokeObjectURL(source)
  }
}
