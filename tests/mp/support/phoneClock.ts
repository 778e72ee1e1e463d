/** The time of one phone. It runs as ours does, can be set forward, and knows which timers have not ended. */

type Callback = (...args: any[]) => void
interface Timer {
  readonly callback: () => void
  dueAt: number
  /** ms; of an interval */
  readonly every: number | undefined
  handle: NodeJS.Timeout | undefined
}

export interface PhoneClock {
  /** What scripts see: setTimeout and its like, and Date. */
  readonly globals: Record<string, unknown>
  /** Timers that are due some day. */
  readonly timers: () => number
  /** This many ms pass at once; what is due meanwhile happens in its order, with a breath for what it sets off. */
  readonly skip: (ms: number) => Promise<void>
  /** Nothing is due any more. */
  readonly stop: () => void
}

export function createPhoneClock(): PhoneClock {
  const timers = new Map<number, Timer>()
  let ahead = 0
  let ids = 0
  const now = () => Date.now() + ahead

  function start(callback: Callback, ms: number, args: unknown[], every?: number): number {
    const id = ++ids
    const timer: Timer = { callback: () => callback(...args), dueAt: now() + ms, every, handle: undefined }
    timers.set(id, timer)
    wait(id, timer)
    return id
  }

  function wait(id: number, timer: Timer) {
    clearTimeout(timer.handle)
    timer.handle = setTimeout(() => ring(id, timer), Math.max(0, timer.dueAt - now()))
  }

  function ring(id: number, timer: Timer) {
    if (timer.every === undefined) {
      end(id)
    }
    else {
      timer.dueAt += Math.max(1, timer.every)
      wait(id, timer)
    }
    timer.callback()
  }

  function end(id: number) {
    clearTimeout(timers.get(id)?.handle)
    timers.delete(id)
  }

  const PhoneDate = new Proxy(Date, {
    construct: (original, args: any[]) => args.length === 0 ? new original(now()) : new original(...args as []), // eslint-disable-line new-cap
    get: (original, name) => name === 'now' ? now : Reflect.get(original, name),
  })

  return {
    globals: {
      setTimeout: (callback: Callback, ms = 0, ...args: unknown[]) => start(callback, ms, args),
      setInterval: (callback: Callback, ms = 0, ...args: unknown[]) => start(callback, ms, args, ms),
      clearTimeout: end,
      clearInterval: end,
      Date: PhoneDate,
    },
    timers: () => timers.size,
    async skip(ms) {
      const until = now() + ms
      for (;;) {
        const [id, next] = [...timers].reduce<[number, Timer | undefined]>((first, [id, timer]) => timer.dueAt <= (first[1]?.dueAt ?? until) ? [id, timer] : first, [0, undefined])
        if (!next)
          break
        ahead += Math.max(0, next.dueAt - now())
        ring(id, next)
        await new Promise(resolve => setImmediate(resolve))
      }
      ahead += Math.max(0, until - now())
      timers.forEach((timer, id) => wait(id, timer))
    },
    stop: () => [...timers.keys()].forEach(end),
  }
}
