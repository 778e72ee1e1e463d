/** The browser's storage of one tab. Where it is forbidden nothing is remembered. */
import type { KeyValue } from '@/src/ports/KeyValue'

const PREFIX = 'lianmai.'

export function createSessionStore(): KeyValue {
  return {
    read: key => attempt((storage) => {
      const text = storage.getItem(PREFIX + key)
      return text === null ? undefined : JSON.parse(text) as unknown
    }),
    write: (key, value) => attempt(storage => storage.setItem(PREFIX + key, JSON.stringify(value))),
    remove: key => attempt(storage => storage.removeItem(PREFIX + key)),
  }
}

function attempt<Result>(work: (storage: Storage) => Result): Result | undefined {
  try {
    return work(sessionStorage)
  }
  catch {
    return undefined
  }
}
