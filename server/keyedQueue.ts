/** Tasks with the same key run one after the other, in the order they came; different keys do not wait for each other. */
export interface KeyedQueue {
  run: <Result>(key: string, task: () => Promise<Result>) => Promise<Result>
  /** Resolves when everything that was asked for so far has settled. */
  idle: () => Promise<void>
}

export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<unknown>>()
  return {
    run(key, task) {
      const result = (tails.get(key) ?? Promise.resolve()).then(task)
      // A failed task is its caller's business; the next one runs all the same.
      const tail = result.catch(() => {}).finally(() => {
        if (tails.get(key) === tail)
          tails.delete(key)
      })
      tails.set(key, tail)
      return result
    },
    async idle() {
      await Promise.all(tails.values())
    },
  }
}
