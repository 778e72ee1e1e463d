/** Every code that has an explanation. docs/TROUBLESHOOTING.md is made from this, and the doctor speaks by it. */
import type { Source, Trouble } from './Trouble'
import { apiTroubles, roomServiceTroubles, weChatTroubles } from './cloudTroubles'
import { imTroubles } from './imTroubles'
import { tagTroubles } from './tagTroubles'

export const TROUBLES: readonly Trouble[] = [...tagTroubles, ...imTroubles, ...weChatTroubles, ...apiTroubles, ...roomServiceTroubles]

/** Undefined: nobody documents it. */
export function troubleOf(source: Source, code: number | string): Trouble | undefined {
  return TROUBLES.find(trouble => trouble.source === source && trouble.codes.includes(code))
}
