/** Shorter names for what a vendor's SDK keeps to itself: `_likeThis`, a convention that minifiers must not rely on but we have looked at. */
import type { Plugin } from 'vite'
import process from 'node:process'
import { minify } from 'terser'

const PRIVATE = /^_[a-z]/i

/**
 * @param file part of the path of the chunk inside the build
 * @param reserved names that also stand in texts, so that they are looked up by them
 */
export function shortPrivateNames(file: string, reserved: readonly string[]): Plugin {
  return {
    name: 'short-private-names',
    apply: () => process.env.UNI_PLATFORM === 'mp-weixin' && process.env.NODE_ENV === 'production',
    async renderChunk(code, chunk) {
      if (!chunk.fileName.includes(file))
        return null
      const short = await minify(code, { compress: false, mangle: { toplevel: true, properties: { regex: PRIVATE, keep_quoted: true, reserved: [...reserved] } } })
      return { code: short.code!, map: null }
    },
  }
}
