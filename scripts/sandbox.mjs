// `npm run sandbox:tencent`: the whole application with doubles of Tencent Cloud Live, Tencent IM and WeChat.
//   --env   starts the doubles alone and prints the environment for a server of one's own
import './lib/nodeVersion.mjs'
import process from 'node:process'
import { buildApp } from './lib/build.mjs'
import { installDependencies } from './lib/dependencies.mjs'
import { entry } from './lib/problem.mjs'
import { root } from './lib/root.mjs'

entry(async () => {
  process.chdir(root)
  await installDependencies()
  if (!process.argv.includes('--env'))
    await buildApp('h5')
  const { register } = await import('tsx/esm/api')
  register()
  await import('../sandbox/tencent/start.ts')
})
