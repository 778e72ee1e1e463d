// `npm run dev`: the server, restarted when its files change, and the web app with hot reload. One Ctrl-C ends both.
import './lib/nodeVersion.mjs'
import { spawn } from 'node:child_process'
import process from 'node:process'
import { installDependencies } from './lib/dependencies.mjs'
import { loadEnvFile } from './lib/environment.mjs'
import { entry } from './lib/problem.mjs'
import { inRoot, root } from './lib/root.mjs'

entry(async () => {
  loadEnvFile()
  await installDependencies()
  const children = [
    [inRoot('node_modules/tsx/dist/cli.mjs'), 'watch', '--clear-screen=false', '--include', 'shared/**/*.ts', 'server/index.ts'],
    [inRoot('scripts/uni.mjs'), '-p', 'h5'],
  ].map(args => spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }))

  // Once: the server takes a second signal for "now", and would not say goodbye.
  let isEnding = false
  const endAll = ({ areTold = false } = {}) => {
    if (!isEnding && !areTold)
      children.forEach(child => child.kill())
    isEnding = true
  }
  process.on('SIGINT', () => endAll({ areTold: process.stdin.isTTY })) // a terminal tells all of them at once
  process.on('SIGTERM', () => endAll())
  const codes = await Promise.all(children.map(child => new Promise((resolve) => {
    child.once('close', (code) => {
      endAll() // one without the other is no use
      resolve(code ?? 0)
    })
  })))
  return Math.max(...codes)
})
