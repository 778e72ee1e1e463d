import { fork } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { createFreshTree } from './freshTree'

const root = path.resolve(import.meta.dirname, '../..')
let tree: ReturnType<typeof createFreshTree>
afterEach(() => tree.remove())

/** Runs vitest over the given test files and answers what the reporter tells. */
async function report(files: Record<string, string>, ...args: string[]) {
  tree = createFreshTree()
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(tree.path, 'node_modules'))
  tree.write('vitest.config.js', 'export default {}')
  for (const [name, code] of Object.entries(files))
    tree.write(name, `import { beforeAll, describe, expect, it } from 'vitest'\n${code}`)
  const child = fork(path.join(root, 'node_modules/vitest/vitest.mjs'), ['run', `--reporter=${root}/scripts/summaryReporter.mjs`, ...args], { cwd: tree.path, execArgv: [], stdio: 'ignore' })
  let told: unknown
  child.once('message', message => (told = message))
  const code = await new Promise(resolve => child.once('close', resolve))
  return { code, told }
}

it('[OP35] counts tests, not files', async () => {
  expect(await report({
    'a.test.js': 'describe("x", () => { it("1", () => {}); it("2", () => {}) })',
    'b.test.js': 'it("3", () => {}); it("4", () => expect(1).toBe(2)); it.skip("5", () => {})',
  })).toEqual({ code: 1, told: { passed: 3, failed: 1 } })
})

it('[OP35] what kept tests from running counts as failed', async () => {
  expect(await report({
    'good.test.js': 'it("1", () => {})',
    'unloadable.test.js': 'throw new Error("on load")',
    'hook.test.js': 'describe("x", () => { beforeAll(() => { throw new Error("hook") }); it("2", () => {}) })',
    'unhandled.test.js': 'it("3", async () => { Promise.reject(new Error("nobody listens")); await new Promise(resolve => setTimeout(resolve, 50)) })',
  })).toEqual({ code: 1, told: { passed: 2, failed: 3 } })
})

it('[OP35] no test at all is a failure', async () => {
  expect(await report({ 'a.test.js': 'it("1", () => {})' }, '--passWithNoTests', 'nothing/like/this')).toEqual({ code: 0, told: { passed: 0, failed: 1 } })
})
