/** What uni-app's own template for JavaScript leaves when everything is taken out that is not needed. */
import fs from 'node:fs'
import path from 'node:path'

const { dependencies, devDependencies } = JSON.parse(fs.readFileSync(path.resolve(import.meta.dirname, '../../../examples/live-room/package.json'), 'utf8'))

/** @param page the text of its one page */
export function emptyProject(page: string): Record<string, string> {
  return {
    'package.json': JSON.stringify({ name: 'empty', private: true, dependencies, devDependencies: Object.fromEntries(Object.entries(devDependencies).filter(([name]) => /^@dcloudio|^vite$/.test(name))) }),
    'vite.config.js': 'import { defineConfig } from \'vite\'\nimport uni from \'@dcloudio/vite-plugin-uni\'\nexport default defineConfig({ plugins: [uni()] })\n',
    'index.html': '<!DOCTYPE html><html><head><meta charset="UTF-8" /></head><body><div id="app"></div><script type="module" src="/src/main.js"></script></body></html>\n',
    'src/main.js': 'import { createSSRApp } from \'vue\'\nimport App from \'./App.vue\'\nexport const createApp = () => ({ app: createSSRApp(App) })\n',
    'src/App.vue': '<script>\nexport default {}\n</script>\n',
    'src/manifest.json': '{ "name": "empty", "appid": "", "vueVersion": "3", "mp-weixin": { "appid": "touristappid", "usingComponents": true } }',
    'src/pages.json': '{ "pages": [{ "path": "pages/index/index" }] }',
    'src/pages/index/index.vue': page,
  }
}
