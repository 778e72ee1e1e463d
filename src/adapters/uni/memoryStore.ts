import type { KeyValue } from '@/src/ports/KeyValue'

export function createMemoryStore(): KeyValue {
  const values = new Map<string, unknown>()
  return {
    read: key => values.get(key),
    write: (key, value) => void values.set(key, value),
    remove: key => void values.delete(key),
  }
}
