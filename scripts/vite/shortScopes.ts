/** Shorter names for what stands on every element of the mini-program: the class that scopes a component's styles, and its id. */
import type { Plugin } from 'vite'
import process from 'node:process'

const SCOPE = /\bdata-v-([0-9a-f]{8})\b/g
/** `u-i="86908219-0,0aaaaaaa-1"` in a template, and code that names what stands there. */
const IDS = /(?<= u-i=")[^"{]+/g
const ID = /\b([0-9a-f]{8})(?=-\d)/g

/** `data-v-86908219` becomes `_0`, the next component's `_1` … in templates, styles and code alike. */
export function shortScopes(): Plugin {
  const numbers = new Map<string, string>()

  function numberOf(hash: string): string {
    const known = numbers.get(hash) ?? numbers.size.toString(36)
    numbers.set(hash, known)
    return known
  }

  const shorten = (text: string) => text.replace(SCOPE, (_, hash: string) => `_${numberOf(hash)}`)
  const shortenId = (id: string) => id.replace(ID, (_, hash: string) => numberOf(hash))
  const shortenKnownIds = (code: string) => code.replace(ID, (whole, hash: string) => numbers.get(hash) ?? whole)

  return {
    name: 'short-scopes',
    enforce: 'post',
    apply: () => process.env.UNI_PLATFORM === 'mp-weixin',
    generateBundle: {
      order: 'post', // templates and styles are emitted while bundles are generated
      handler(_options, bundle) {
        const files = Object.values(bundle)
        for (const file of files) {
          if (file.type === 'asset' && typeof file.source === 'string')
            file.source = shorten(file.source).replace(IDS, shortenId)
        }
        for (const file of files) {
          if (file.type === 'chunk')
            file.code = shortenKnownIds(shorten(file.code))
        }
      },
    },
  }
}
