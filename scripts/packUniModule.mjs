// `npm run pack:uni-module [-- <folder with pages.json>]`: <lianmai-live-room> as a uni_modules package, in unpackage/uni_modules or
// in the uni_modules of that project.
import './lib/nodeVersion.mjs'
import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { installDependencies } from './lib/dependencies.mjs'
import { entry, Problem } from './lib/problem.mjs'

entry(async () => {
  const project = process.argv[2] && path.resolve(process.argv[2])
  if (project && !fs.existsSync(path.join(project, 'pages.json')))
    throw new Problem(`${project} has no pages.json: name the folder of a uni-app project that has one.`)
  await installDependencies()
  const { install, liveRoomModule } = await import('./lib/uniModule/liveRoomModule.mjs')
  const { sizes } = await import('./lib/uniModule/sizes.mjs')
  const files = await liveRoomModule()
  const folder = install(files, project)
  console.log([...sizes(files), '', folder].join('\n'))
})
