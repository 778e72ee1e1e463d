import process from 'node:process'
import uniModule from '@dcloudio/vite-plugin-uni'
import { defineConfig } from 'vite'
import { subpackageModules } from './scripts/vite/subpackageModules'

// The plugin is CommonJS; under "type": "module" its default export arrives one level deeper.
const uni = ((uniModule as any).default ?? uniModule) as typeof uniModule

/** Where `npm run dev` has the server; the H5 dev server hands API, chat and media on to it. */
const SERVER = `http://127.0.0.1:${process.env.PORT ?? 8080}`

export default defineConfig({
  plugins: [
    uni(),
    subpackageModules(['src/live']),
  ],
  // The input directory is the repository root: the dev server must not watch what is not the app.
  server: {
    watch: { ignored: ['**/server/**', '**/unpackage/**', '**/data/**', '**/tests/**', '**/bench/**'] },
    proxy: Object.fromEntries(['/api', '/ws', '/live', '/whip', '/whep', '/rtc', '/covers', '/docs', '/healthz'].map(path => [path, { target: SERVER, ws: true }])),
  },
})
