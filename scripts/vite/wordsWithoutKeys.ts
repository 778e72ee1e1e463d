/** In a mini-program the English words come without their keys: they stand in the order of the Chinese ones, which have them. */
import type { Plugin } from 'vite'
import fs from 'node:fs'
import process from 'node:process'
import { transformWithEsbuild } from 'vite'

const ENGLISH = /\/src\/locales\/en\/(\w+)\.ts$/

export function wordsWithoutKeys(): Plugin {
  return {
    name: 'words-without-keys',
    enforce: 'pre',
    apply: () => process.env.UNI_PLATFORM === 'mp-weixin',
    async transform(code, id) {
      const area = ENGLISH.exec(id)?.[1]
      if (area === undefined)
        return
      const chinese = id.replace('/en/', '/zhCN/')
      this.addWatchFile(chinese)
      const words = await readWords(code, area)
      const keys = Object.keys(await readWords(fs.readFileSync(chinese, 'utf8'), area))
      return {
        code: `import { ${area} as chinese } from '../zhCN/${area}'\nconst words = ${JSON.stringify(keys.map(key => words[key]))}\nexport const ${area} = {}\nObject.keys(chinese).forEach((key, index) => ${area}[key] = words[index])`,
        map: { mappings: '' },
      }
    },
  }
}

/** A file of words is one record of texts. */
async function readWords(code: string, area: string): Promise<Record<string, string>> {
  const { code: script } = await transformWithEsbuild(code, `${area}.ts`, { format: 'cjs', sourcemap: false })
  const module = { exports: {} as Record<string, Record<string, string>> }
  // eslint-disable-next-line no-new-func
  new Function('module', 'exports', script)(module, module.exports)
  return module.exports[area]
}
