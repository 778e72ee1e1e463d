import type { Plugin } from 'vite'
import process from 'node:process'
import uniModule from '@dcloudio/vite-plugin-uni'
import { defineConfig } from 'vite'
import { shortPrivateNames } from './scripts/vite/shortPrivateNames'
import { shortScopes } from './scripts/vite/shortScopes'
import { subpackageModules } from './scripts/vite/subpackageModules'
import { tighterMiniProgram } from './scripts/vite/tighterMiniProgram'
import { wordsWithoutKeys } from './scripts/vite/wordsWithoutKeys'

// The plugin is CommonJS; under "type": "module" its default export arrives one level deeper.
const uni = ((uniModule as any).default ?? uniModule) as typeof uniModule

/** Where `npm run dev` has the server; the H5 dev server hands API, chat and media on to it. */
const SERVER = `http://127.0.0.1:${process.env.PORT ?? 8080}`

/** Our pages have no navigation bar of uni's; its styles would fetch pictures from a foreign server. */
function withoutNavigationBar(): Plugin {
  return {
    name: 'without-navigation-bar',
    transform: (_code, id) => /uni-h5\/style\/framework\/(?:shadow|pageHead)\.css$/.test(id) ? { code: '', map: { mappings: '' } } : undefined,
  }
}

export default defineConfig({
  plugins: [
    wordsWithoutKeys(),
    uni(),
    subpackageModules(['src/live', 'src/pages/me']),
    shortPrivateNames('tim-wx-sdk'),
    shortScopes(),
    tighterMiniProgram(),
    withoutNavigationBar(),
  ],
  // The input directory is the repository root: the dev server must not watch what is not the app.
  server: {
    watch: { ignored: ['**/server/**', '**/unpackage/**', '**/data/**', '**/tests/**', '**/bench/**', '**/examples/**'] },
    proxy: Object.fromEntries(['/api', '/ws', '/live', '/whip', '/whep', '/rtc', '/covers', '/pictures', '/docs', '/healthz'].map(path => [path, { target: SERVER, ws: true }])),
  },
})
