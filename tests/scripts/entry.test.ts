import { afterEach, expect, it } from 'vitest'
import { createFreshTree, STACK_TRACE } from './freshTree'

const LOCK = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { dependencies: { 'left-pad': '1.3.0' } },
    'node_modules/left-pad': { version: '1.3.0', resolved: 'http://127.0.0.1:9/left-pad-1.3.0.tgz', integrity: 'sha512-XI5MPzVNApjAyhQzphX8BkmKsKUxD4LdyK24iZeQGinBN9yTQT3bFlCBy/aVx2HrNcqQGsdot8ghrjyrvMCoEA==' },
  },
})
const PACKAGE = { engines: { node: '>=20.12' }, dependencies: { 'left-pad': '1.3.0' } }

let tree: ReturnType<typeof createFreshTree>
afterEach(() => tree.remove())

it.each(['start', 'test', 'dev', 'doctor', 'lint', 'bench', 'uni', 'mp'])('[OP31] %s says in one sentence that Node.js is too old', (script) => {
  tree = createFreshTree({ engines: { node: '>=99.1' } })
  // What an old Node.js would stumble over must not have run before it is asked for its version.
  tree.write('scripts/lib/root.mjs', 'export let root, inRoot; throw new Error("too early")')
  const { status, stderr } = tree.node([`scripts/${script}.mjs`])
  expect(status).toBe(1)
  expect(stderr).toMatch(/^Lianmai needs Node.js 99.1 or newer; this is \d[.\d]+\. Get a newer one from https:\/\/nodejs\.org\/\.\n$/)
})

it('[OP32] a missing npm is one sentence', () => {
  tree = createFreshTree(PACKAGE)
  tree.write('package-lock.json', LOCK)
  const { status, stderr } = tree.node(['scripts/start.mjs'], { PATH: '', Path: '' })
  expect(status).toBe(1)
  expect(stderr).toContain('✗ npm was not found.')
  expect(stderr).not.toMatch(STACK_TRACE)
})

it('[OP32] packages that cannot be downloaded are one sentence', () => {
  tree = createFreshTree(PACKAGE)
  tree.write('package-lock.json', LOCK)
  const { status, stderr } = tree.node(['scripts/start.mjs'], { npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0', npm_config_cache: `${tree.path}/cache` })
  expect(status).toBe(1)
  expect(stderr).toMatch(/✗ The packages could not be downloaded \(ECONNREFUSED\)/)
  expect(stderr).not.toMatch(STACK_TRACE)
})

it('[OP33] packages are installed once, and again when the lock asks for others', () => {
  tree = createFreshTree(PACKAGE)
  tree.write('package-lock.json', LOCK)
  const install = () => tree.node(['-e', 'import("./scripts/lib/dependencies.mjs").then(it => it.installDependencies()).catch(() => console.log("tried"))'], { PATH: '', Path: '' }).stdout
  expect(install()).toContain('tried')
  tree.write('node_modules/.package-lock.json', LOCK)
  expect(install()).toBe('')
  tree.write('package-lock.json', LOCK.replaceAll('1.3.0', '1.2.0'))
  expect(install()).toContain('tried')
})

it('[OP34] the app is built again when its sources change in content, not when files are merely touched or tests change', () => {
  tree = createFreshTree(PACKAGE)
  const hash = (env = {}) => tree.node(['--input-type=module', '-e', 'console.log((await import("./scripts/lib/sources.mjs")).hashOfAppSources())'], env).stdout
  tree.write('src/pages/home.vue', '<template />')
  const first = hash()
  expect(first).toMatch(/^[0-9a-f]{64}\n$/)
  tree.write('src/pages/home.vue', '<template />')
  tree.write('src/pages/home.test.ts', 'changed')
  expect(hash()).toBe(first)
  expect(hash({ VITE_SERVER_URL: 'https://live.example.com' })).not.toBe(first)
  tree.write('src/pages/home.vue', '<template><view /></template>')
  expect(hash()).not.toBe(first)
})
