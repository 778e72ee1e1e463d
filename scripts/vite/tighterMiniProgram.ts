/** A mini-program is weighed by the byte: what its runtime does not need is left out. */
import type { Plugin } from 'vite'
import process from 'node:process'

/** uni calls a component's imports where nobody gets to, so that bundlers keep them; by then they have. */
const UNREACHABLE = /if \(!Math\)/g
/** DevTools and people read this one. */
const READ = /^project\..*json$/

/** Every file is a module of its own, so the names at its top may be shortened, too. */
export function tighterMiniProgram(): Plugin {
  return {
    name: 'tighter-mini-program',
    enforce: 'post',
    apply: () => process.env.UNI_PLATFORM === 'mp-weixin',
    config: () => ({ build: { terserOptions: { compress: { toplevel: true, passes: 3 }, mangle: { toplevel: true } } } }),
    renderChunk: {
      order: 'pre', // before terser, which throws the branch away
      handler: code => ({ code: code.replace(UNREACHABLE, 'if (false)'), map: null }),
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === 'asset' && typeof file.source === 'string' && file.fileName.endsWith('.json') && !READ.test(file.fileName))
            file.source = JSON.stringify(JSON.parse(file.source))
        }
      },
    },
  }
}
