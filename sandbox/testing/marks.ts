/** Secrets that can be recognised wherever they turn up, and what looks for them. */
import { Buffer } from 'node:buffer'
import { randomBytes } from 'node:crypto'

export interface Marks {
  /** A secret of this many letters. */
  readonly make: (length: number) => string
  readonly made: readonly string[]
  /** Which of the secrets are in the text: as they are, in hex, in base64 or escaped for a URL; each with its neighbourhood. */
  readonly findIn: (text: string) => string[]
}

/** Escaping for a URL changes it, so that this way of leaking shows, too. */
const TAG = '+~'

export function createMarks(): Marks {
  const made: string[] = []
  return {
    made,
    make(length) {
      const secret = (TAG + randomBytes(length).toString('hex')).slice(0, length)
      made.push(secret)
      return secret
    },
    findIn: text => made.flatMap(secret => [...new Set(formsOf(secret))].flatMap((form) => {
      const at = text.indexOf(form)
      return at < 0 ? [] : [`${text.slice(Math.max(0, at - 60), at)}«${made.indexOf(secret)}»`]
    })),
  }
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const inside = [0, 1, 2].map(offset => base64Inside(bytes, offset))
  return [
    secret,
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    encodeURIComponent(secret),
    new URLSearchParams({ secret }).toString().slice('secret='.length),
    JSON.stringify(secret).slice(1, -1),
    ...inside,
    ...inside.map(text => text.replaceAll('+', '-').replaceAll('/', '_')),
    ...inside.map(encodeURIComponent),
  ]
}

/** What base64 of a text has of the secret, wherever in the text it begins. */
function base64Inside(bytes: Buffer, offset: number): string {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64').replace(/=+$/, '')
  return whole.slice(offset === 0 ? 0 : offset + 1, -2)
}
