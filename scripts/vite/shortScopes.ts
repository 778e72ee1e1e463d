/** Shorter names for the classes that scope a component's styles: they stand on every element of the mini-program. */
import type { Plugin } from 'vite'
import process from 'node:process'

const SCOPE = /\bdata-v-([0-9a-f]{8})\b/g
/** Of the eight hex digits; enough that a thousand components seldom meet, and when two do the build says so. */
const KEPT = 5

/** `data-v-86908219` becomes `v-86908`, in templates, styles and code alike. */
export function shortScopes(): Plugin {
  const scopes = new Map<string, string>()

  function shorten(text: string): string {
    return text.replace(SCOPE, (_, hash: string) => {
      const short = hash.slice(0, KEPT)
      const known = scopes.get(short) ?? hash
      if (known !== hash)
        throw new Error(`Two components share the scope ${short}: keep more digits`)
      scopes.set(short, hash)
      return `v-${short}`
    })
  }

  return {
    name: 'short-scopes',
    enforce: 'post',
    apply: () => process.env.UNI_PLATFORM === 'mp-weixin',
    generateBundle: {
      order: 'post', // templates and styles are emitted while bundles are generated
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === 'chunk')
            file.code = shorten(file.code)
          else if (typeof file.source === 'string')
            file.source = shorten(file.source)
        }
      },
    },
  }
}
