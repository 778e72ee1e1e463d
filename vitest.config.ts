import type { Plugin } from 'vitest/config'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const root = import.meta.dirname

/**
 * Components are tested without uni(): its Vite plugin replaces vue by a fork that @vue/test-utils cannot mount. What
 * tests do need of uni is conditional compilation, so its own preprocessor is called here, once per platform.
 */
function conditionalCompilation(platform: 'h5' | 'mp-weixin'): Plugin {
  process.env.UNI_INPUT_DIR = root
  const { initPreContext, preHtml, preJs } = createRequire(import.meta.url)('@dcloudio/uni-cli-shared')
  return {
    name: 'uni-conditional-compilation',
    enforce: 'pre',
    transform(code, id) {
      const file = id.split('?')[0]
      if (!file.startsWith(root) || file.includes('node_modules') || !code.includes('#if'))
        return
      initPreContext(platform) // one process serves both platforms: set it before each use
      if (file.endsWith('.vue'))
        return { code: preJs(preHtml(code, file), file), map: null }
      if (/\.[jt]s$/.test(file))
        return { code: preJs(code, file), map: null }
    },
  }
}

const BUILT_IN = new Set([
  'view', 'text', 'button', 'input', 'textarea', 'image', 'scroll-view', 'swiper', 'swiper-item', 'cover-view', 'navigator',
  'live-pusher', 'live-player', 'canvas', 'form', 'label', 'switch', 'slider', 'picker', 'rich-text', 'icon', 'progress',
])

const alias = [
  { find: /^@\/(.*)$/, replacement: `${root}/$1` },
]

function app(platform: 'h5' | 'mp-weixin') {
  return {
    plugins: [
      conditionalCompilation(platform),
      vue({ template: { compilerOptions: { isCustomElement: (tag: string) => BUILT_IN.has(tag), isNativeTag: () => true } } }),
    ],
    define: { 'import.meta.env.TEST_PLATFORM': JSON.stringify(platform) },
    css: { preprocessorOptions: { scss: { additionalData: '@import "@/uni.scss";' } } },
    resolve: { alias: [...alias, { find: '@dcloudio/uni-app', replacement: path.join(root, 'src/testing/uniAppStub.ts') }] },
    test: {
      name: `app ${platform}`,
      environment: 'happy-dom',
      include: ['src/**/*.test.ts'],
      setupFiles: ['src/testing/setup.ts'],
    },
  }
}

/** Real processes, sockets and browsers: one file at a time, so that two cores are enough and timings mean something. */
const oneAtATime = { pool: 'forks' as const, poolOptions: { forks: { singleFork: false, maxForks: 1 } }, fileParallelism: false }

export default defineConfig({
  test: {
    projects: [
      { resolve: { alias }, test: { name: 'shared', include: ['shared/**/*.test.ts'] } },
      app('h5'),
      app('mp-weixin'),
      { resolve: { alias }, test: { name: 'server', include: ['server/**/*.test.ts', 'tests/chat/**/*.test.ts', 'tests/linkMic/**/*.test.ts', 'tests/im/**/*.test.ts', 'tests/weapp/**/*.test.ts', 'sandbox/**/*.test.ts'], server: { deps: { inline: ['tim-wx-sdk'] } }, testTimeout: 20_000, hookTimeout: 30_000, ...oneAtATime } },
      { resolve: { alias }, test: { name: 'scripts', include: ['scripts/**/*.test.ts', 'tests/scripts/**/*.test.ts', 'tests/uniModule/*.test.ts'], testTimeout: 30_000, ...oneAtATime } },
      { resolve: { alias }, test: { name: 'mini-program', include: ['tests/mp/**/*.test.ts', 'tests/uniModule/mp/**/*.test.ts'], setupFiles: ['tests/mp/support/dom.ts'], testTimeout: 30_000, hookTimeout: 120_000, ...oneAtATime } },
      { resolve: { alias }, test: { name: 'browser', include: ['tests/e2e/**/*.test.ts', 'tests/uniModule/web/**/*.test.ts'], testTimeout: 90_000, hookTimeout: 180_000, ...oneAtATime } },
    ],
  },
})
