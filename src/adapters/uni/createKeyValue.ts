/** The device's own small storage. Full or forbidden storage (a private window) costs memory, not the app. */
import type { KeyValue } from '@/src/ports/KeyValue'

const PREFIX = 'lianmai.'

export function createKeyValue(): KeyValue {
  return {
    read(key) {
      try {
        const text: unknown = uni.getStorageSync(PREFIX + key)
        return typeof text === 'string' && text !== '' ? JSON.parse(text) : undefined
      }
      catch {
        return undefined
      }
    },
    write(key, value) {
      attempt(() => uni.setStorageSync(PREFIX + key, JSON.stringify(value)))
    },
    remove(key) {
      attempt(() => uni.removeStorageSync(PREFIX + key))
    },
  }
}

function attempt(work: () => void): void {
  try {
    work()
  }
  catch {
    // Nobody can give the device more room; the value is forgotten at the end of this run.
  }
}
