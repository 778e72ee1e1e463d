/**
 * The pusher or player of a page: it is mounted later than its session begins, and it reads its addresses from props,
 * which a new state changes first. Calls wait for both, in order; a stop cancels the start that still waits.
 */
import { nextTick } from 'vue'

interface Startable { start: () => void, stop: () => void }

export interface LateHandle<Handle> extends Startable {
  /** The component has come, or gone. */
  use: (handle: Handle | undefined) => void
  /** Asks it something as soon as it is there. */
  ask: <Answer>(question: (handle: Handle) => Promise<Answer>) => Promise<Answer>
}

export function createLateHandle<Handle extends Startable>(): LateHandle<Handle> {
  let handle: Handle | undefined
  let waiting: ((handle: Handle) => void)[] = []
  let turn = 0

  function run(call: (handle: Handle) => void): void {
    if (handle)
      call(handle)
    else
      waiting.push(call)
  }

  return {
    use(next) {
      handle = next
      const calls = next ? waiting : []
      if (next)
        waiting = []
      calls.forEach(call => run(call))
    },
    start() {
      const mine = ++turn
      void nextTick(() => run(present => mine === turn && present.start()))
    },
    stop() {
      turn++
      handle?.stop()
    },
    async ask(question) {
      await nextTick()
      return new Promise((resolve, reject) => run(present => void question(present).then(resolve, reject)))
    },
  }
}
