/** What mends itself is told once when it begins, and once when it is over. */
import type { Tell } from './roomEvent'

export interface Troubles {
  begin: (code: number, words: string) => void
  end: (...codes: readonly number[]) => void
}

export function createTroubles(tell: Tell): Troubles {
  const open = new Set<number>()
  return {
    begin(code, words) {
      if (open.has(code))
        return
      open.add(code)
      tell('trouble', code, words)
    },
    end(...codes) {
      for (const code of codes) {
        if (open.delete(code))
          tell('recovered', code, '')
      }
    },
  }
}
