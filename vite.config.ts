import type { Plugin } from 'vite'
import process from 'node:process'
import uniModule from '@dcloudio/vite-plugin-uni'
import { defineConfig } from 'vite'

// The plugin is CommonJS; under "type": "module" its default export arrives one level deeper.
const uni = ((uniModule as any).default ?? uniModule) as typeof uniModule

/** Where `npm run dev` has the server; the H5 dev server hands API, chat and media on to it. */
const SERVER = `http://127.0.0.1:${process.env.PORT ?? 8080}`

/**
 * uni puts every npm module into common/vendor.js of the MAIN package, even one that only a subpackage imports.
 * This sends the matching modules to <subpackage>/common/vendor.js instead.
 */
function subpackageVendors(rules: Record<string, RegExp>): Plugin {
  return {
    name: 'subpackage-vendors',
    enforce: 'post', // uni() must have set manualChunks by now
    apply: () => process.env.UNI_PLATFORM === 'mp-weixin',
    config(config) {
      const output = config.build?.rollupOptions?.output
      if (!output || Array.isArray(output) || typeof output.manualChunks !== 'function')
        throw new Error('uni no longer sets output.manualChunks: subpackage-vendors has to be adapted')
      const original = output.manualChunks
      output.manualChunks = function (id, api) {
        const file = id.replace(/\\/g, '/').replace(/\0/g, '') // Windows paths, virtual modules
        const owner = Object.keys(rules).find(root => rules[root].test(file))
        return owner ? `${owner}/common/vendor` : original.call(this, id, api)
      }
    },
  }
}

/** Every component of ours is written with setup: Vue's other way to write them (6 KB) stays out of the mini-program. */
function setupOnly(): Plugin {
  return {
    name: 'setup-only',
    enforce: 'post', // uni() defines the flag too; the last word counts
    apply: () => process.env.UNI_PLATFORM === 'mp-weixin',
    config: () => ({ define: { __VUE_OPTIONS_API__: 'false' } }),
  }
}

export default defineConfig({
  plugins: [
    uni(),
    setupOnly(),
    subpackageVendors({ 'src/live': /node_modules\/tim-wx-sdk\// }),
  ],
  // The input directory is the repository root: the dev server must not watch what is not the app.
  server: {
    watch: { ignored: ['**/server/**', '**/unpackage/**', '**/data/**', '**/tests/**', '**/bench/**'] },
    proxy: Object.fromEntries(['/api', '/ws', '/live', '/whip', '/whep', '/rtc', '/covers', '/docs', '/healthz'].map(path => [path, { target: SERVER, ws: true }])),
  },
})
