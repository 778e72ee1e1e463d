/** Events of the app and the phone, fired by a test; and who still listens to them. */
import type { Mock } from 'vitest'

const NAMES = ['AppShow', 'AppHide', 'AudioInterruptionEnd', 'NetworkStatusChange'] as const

export function createUniEvents() {
  const listeners = new Map(NAMES.map(name => [name, new Set<(news: unknown) => void>()]))
  const stub = uni as unknown as Record<string, Mock>
  for (const [name, known] of listeners) {
    stub[`on${name}`].mockImplementation(listener => void known.add(listener))
    stub[`off${name}`].mockImplementation(listener => void known.delete(listener))
  }
  return {
    fire: (name: typeof NAMES[number], news?: unknown) => listeners.get(name)!.forEach(listener => listener(news)),
    listening: () => [...listeners].flatMap(([name, known]) => [...known].map(() => `on${name}`)),
  }
}
