// `npm run doctor`: what is missing or wrong, why it matters, and what to do about it.
//   --json         for programs
//   --lang=zh|en   else as LANG says
import './lib/nodeVersion.mjs'
import process from 'node:process'
import { installDependencies } from './lib/dependencies.mjs'
import { loadEnvFile } from './lib/environment.mjs'
import { entry } from './lib/problem.mjs'
import { root } from './lib/root.mjs'

const COULD_NOT_LOOK = 2

entry(async () => {
  process.chdir(root)
  loadEnvFile()
  await installDependencies()
  const { register } = await import('tsx/esm/api')
  register()
  const { runDoctor } = await import('../server/doctor/main.ts')
  return runDoctor({
    args: process.argv.slice(2),
    variables: process.env,
    out: text => process.stdout.write(text),
    hasColours: process.stdout.isTTY === true && !process.env.NO_COLOR,
  })
}, COULD_NOT_LOOK)
