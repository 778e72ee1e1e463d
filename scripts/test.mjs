// `npm test [-- <vitest arguments>]`: from a fresh clone to the answer. The last line is always `N passed, N failed`.
import './lib/nodeVersion.mjs'
import { fork } from 'node:child_process'
import process from 'node:process'
import { buildApp } from './lib/build.mjs'
import { installDependencies } from './lib/dependencies.mjs'
import { entry } from './lib/problem.mjs'
import { inRoot, root } from './lib/root.mjs'
import { prepareTools } from './lib/tools.mjs'

entry(async () => {
  await installDependencies()
  const tools = await prepareTools()
  await buildApp('h5')
  await buildApp('mp-weixin')
  const { code, passed, failed } = await runTests(tools, process.argv.slice(2))
  console.log(`\n${passed} passed, ${failed} failed`)
  return code === 0 && failed > 0 ? 1 : code
})

/** A runner that dies without a word counts as one failure. */
function runTests(tools, args) {
  const reporters = ['--reporter=default', `--reporter=${inRoot('scripts/summaryReporter.mjs')}`]
  const child = fork(inRoot('node_modules/vitest/vitest.mjs'), ['run', ...reporters, ...args], { cwd: root, env: { ...process.env, ...tools }, execArgv: [] })
  let summary = { passed: 0, failed: 1 }
  child.on('message', message => (summary = message))
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => child.kill(signal))
  return new Promise(resolve => child.once('close', code => resolve({ code: code ?? 1, ...summary })))
}
