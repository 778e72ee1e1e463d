/** What happens around a stream, as a test tells it. */
import type { ListenOutside, OutsideNews } from '../recovery/createRecovery'

export function createFakeOutside() {
  const listeners = new Set<(news: OutsideNews) => void>()
  const outside: ListenOutside = (hear) => {
    listeners.add(hear)
    return () => void listeners.delete(hear)
  }
  return { outside, listeners, hear: (news: OutsideNews) => listeners.forEach(listener => listener(news)) }
}
