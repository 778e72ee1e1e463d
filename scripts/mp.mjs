// `npm run mp:check`: WeChat's own compiler goes over the build; needs no account.
// `npm run mp:preview [-- --page … --query … --desc … --robot …]`: a QR code that opens the build on a phone.
// `npm run mp:upload [-- --version … --desc … --robot …]`: the build becomes a development version (开发版本) in WeChat's console.
import './lib/nodeVersion.mjs'
import process from 'node:process'
import { buildApp } from './lib/build.mjs'
import { installDependencies } from './lib/dependencies.mjs'
import { loadEnvFile } from './lib/environment.mjs'
import { installWeChat } from './lib/miniProgram/installWeChat.mjs'
import { planJob } from './lib/miniProgram/planJob.mjs'
import { report } from './lib/miniProgram/report.mjs'
import { runWeChat } from './lib/miniProgram/runWeChat.mjs'
import { entry } from './lib/problem.mjs'

entry(async () => {
  loadEnvFile()
  const job = planJob(process.argv.slice(2), process.env)
  await installDependencies()
  await buildApp('mp-weixin')
  await installWeChat()
  report(job, await runWeChat(job))
})
