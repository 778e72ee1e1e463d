/** A mini-program is weighed by the byte: what its runtime does not need is left out. */
import type { Plugin } from 'vite'
import type { Texts } from './lightTemplates'
import process from 'node:process'
import { lightenTemplates } from './lightTemplates'

/** uni calls a component's imports where nobody gets to, so that bundlers keep them; by then they have. */
const UNREACHABLE = /if \(!Math\)/g
/** What tools for developers show, and what only a DOM needs: in WeChat scopes are classes that stand in the templates. */
const NAME = /\b__name: "\w+",\s*/g
const SCOPED = /(?:[\w$]+\.)?_export_sfc\(([\w$.]+), \[\["__scopeId", "data-v-[0-9a-f]{8}"\]\]\)/g
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
      handler: code => ({ code: code.replace(UNREACHABLE, 'if (false)').replace(NAME, '').replace(SCOPED, '$1'), map: null }),
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        if (this.meta.watchMode) // then only what has changed is here
          return
        const texts: Texts = {}
        for (const file of Object.values(bundle)) {
          if (file.type === 'asset' && typeof file.source === 'string' && !READ.test(file.fileName))
            texts[file.fileName] = file.fileName.endsWith('.json') ? JSON.stringify(JSON.parse(file.source)) : file.source
        }
        for (const [fileName, text] of Object.entries(lightenTemplates(texts))) {
          const file = bundle[fileName]
          if (file.type === 'asset')
            file.source = text
        }
      },
    },
  }
}
