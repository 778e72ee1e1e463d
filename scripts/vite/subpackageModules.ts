/** Which file of the mini-program a module goes to: what only a subpackage uses travels with that subpackage. */
import type { Plugin } from 'vite'
import path from 'node:path'
import process from 'node:process'

type GetModuleInfo = (id: string) => { importers: readonly string[], dynamicImporters: readonly string[] } | null

/**
 * uni puts every npm module into common/vendor.js of the MAIN package, and every module of ours where its file lies, even
 * if nobody but a subpackage imports it. This sends such npm modules to <subpackage>/common/vendor.js and such modules of
 * ours to <subpackage>/common/app.js; what the main package shares goes to its common/app.js. One file holds them all,
 * because each file of its own costs 150 bytes and the names it exports. Components stay: their templates have fixed places,
 * and WeChat runs those of a subpackage when they are first used.
 *
 * uni leaves import() undone, but for pages. Here that of an npm module becomes a require that runs when it is asked for,
 * and the module a file of its own, so that it does not run before.
 *
 * @param roots folders of the subpackages, as in pages.json
 */
export function subpackageModules(roots: readonly string[]): Plugin {
  return {
    name: 'subpackage-modules',
    enforce: 'post', // uni() must have set manualChunks by now
    apply: () => process.env.UNI_PLATFORM === 'mp-weixin',
    config(config) {
      const output = config.build?.rollupOptions?.output
      if (!output || Array.isArray(output) || typeof output.manualChunks !== 'function')
        throw new Error('uni no longer sets output.manualChunks: subpackage-modules has to be adapted')
      const original = output.manualChunks
      const inputDir = slashes(process.env.UNI_INPUT_DIR!)
      output.manualChunks = function (id, api) {
        const root = roots.find(root => isMovable(id) && isUsedOnlyIn(`${inputDir}/${root}/`, id, api.getModuleInfo))
        const file = path.posix.relative(inputDir, slashes(id))
        if (root === undefined)
          return isSharedByMain(file, roots) ? 'common/app' : original.call(this, id, api)
        if (id.includes('node_modules'))
          return `${root}/common/${isLazy(id, api.getModuleInfo) ? nameInPackage(id) : 'vendor'}`
        return `${root}/common/app`
      }
      const { chunkFileNames } = output
      output.chunkFileNames = chunk => roots.some(root => chunk.name.startsWith(`${root}/common/`)) || typeof chunkFileNames !== 'function'
        ? '[name].js'
        : chunkFileNames(chunk)
    },
    renderDynamicImport: ({ targetModuleId }) => targetModuleId?.includes('node_modules')
      ? { left: 'Promise.resolve().then(() => require(', right: '))' }
      : null,
  }
}

const slashes = (file: string) => file.replace(/\\/g, '/')

/** Plain modules: neither components and their parts (`Some.vue?…lang.ts`), nor what bundlers make up. */
const isMovable = (id: string) => /\.(?:[cm]?js|ts)$/.test(id) && !/^\0|\?/.test(id)

/** Only import() asks for it. */
function isLazy(id: string, getModuleInfo: GetModuleInfo) {
  const module = getModuleInfo(id)
  return module !== null && module.importers.length === 0 && module.dynamicImporters.length > 0
}

/** `…/node_modules/some-sdk/dist/some.es.js` → `some-sdk/dist/some.es` */
const nameInPackage = (id: string) => slashes(id).split('node_modules/').at(-1)!.replace(/\.\w+$/, '')

/** Plain modules of ours that lie in the main package; `main.ts` is the app itself. */
function isSharedByMain(file: string, roots: readonly string[]) {
  return /^(?:src|shared)\/.+\.ts$/.test(file) && !roots.some(root => file.startsWith(`${root}/`))
}

/** By way of other movable modules, too. `seen` closes circles. */
function isUsedOnlyIn(folder: string, id: string, getModuleInfo: GetModuleInfo, seen = new Set<string>()): boolean {
  if (seen.has(id) || slashes(id).startsWith(folder))
    return true
  seen.add(id)
  const module = getModuleInfo(id)
  const importers = module ? [...module.importers, ...module.dynamicImporters] : []
  return isMovable(id) && importers.length > 0 && importers.every(importer => isUsedOnlyIn(folder, importer, getModuleInfo, seen))
}
