/**
 * Shorter names for what a vendor's SDK keeps to itself: `_likeThis`. A minifier must not rely on that convention by itself, so
 * names that also stand in a text of their own are kept, and code that puts such names together while it runs is refused.
 */
import type { Plugin } from 'vite'
import process from 'node:process'
import { minify } from 'terser'

const PRIVATE = /^_[a-z]/i
/** A text that is nothing but a private name may be used to look it up. */
const NAMED = /(["'`])(_[a-z]\w*)\1/gi
/** `"_" + name`, `` `_${name}` ``, `"_".concat(name)` */
const PUT_TOGETHER = /(["'`])_\1\s*(?:\+|\.concat)|`_\$\{/

/** @param file part of the path of the chunk inside the build */
export function shortPrivateNames(file: string): Plugin {
  return {
    name: 'short-private-names',
    apply: () => process.env.UNI_PLATFORM === 'mp-weixin' && process.env.NODE_ENV === 'production',
    renderChunk: async (code, chunk) => chunk.fileName.includes(file) ? { code: await shorten(code), map: null } : null,
  }
}

/** @throws Error where names are put together while the code runs */
export async function shorten(code: string): Promise<string> {
  if (PUT_TOGETHER.test(code))
    throw new Error('Private names are put together here: they cannot be shortened safely.')
  const reserved = [...code.matchAll(NAMED)].map(([, , name]) => name)
  const { code: short } = await minify(code, { compress: false, mangle: { toplevel: true, properties: { regex: PRIVATE, keep_quoted: true, reserved } } })
  return short!
}
