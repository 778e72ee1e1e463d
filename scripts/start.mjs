// `npm start`: from a fresh clone to a running live room. The server is this very process.
//   --no-mp   leaves the mini-program unbuilt
import './lib/nodeVersion.mjs'
import process from 'node:process'
import { buildApp, outputOf } from './lib/build.mjs'
import { installDependencies } from './lib/dependencies.mjs'
import { loadEnvFile } from './lib/environment.mjs'
import { entry, Interrupted, Problem } from './lib/problem.mjs'
import { root } from './lib/root.mjs'

entry(async () => {
  process.chdir(root)
  loadEnvFile()
  await installDependencies()
  await buildApp('h5')
  const { register } = await import('tsx/esm/api')
  register()
  await import('../server/index.ts')
  if (!process.argv.includes('--no-mp'))
    await buildMiniProgram()
})

/** After the server is up: nobody waits for it, and its failure is no reason to take the room down. */
async function buildMiniProgram() {
  try {
    if (await buildApp('mp-weixin', { isBackground: true }))
      console.log(`✓ The mini-program is built: ${outputOf('mp-weixin')}`)
  }
  catch (error) {
    if (error instanceof Problem)
      console.error(`${error.details}\n✗ The mini-program was not built. The server goes on.`)
    else if (!(error instanceof Interrupted))
      throw error
  }
}
