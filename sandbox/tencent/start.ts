/**
 * `npm run sandbox:tencent`: the application in `MEDIA=tencent IM=tencent` mode with doubles of the clouds, until Ctrl-C.
 * `--env` starts the doubles alone and prints what a server is to be started with.
 */
import type { Clouds } from '../openClouds'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { startServer } from '../../server/app'
import { readConfig } from '../../server/config'
import { ConfigError } from '../../server/configError'
import { StartError } from '../../server/startError'
import { openClouds } from '../openClouds'
import { describeSandbox, envLines } from './describeSandbox'

/** Settings of the surroundings that say how the server itself runs; what concerns the clouds is the sandbox's. */
const HANDED_ON = ['HOST', 'PORT', 'DATA_DIR', 'LOG_LEVEL', 'PUBLIC_URL', 'GUESTS', 'ADMIN_TOKEN', 'METRICS_TOKEN', 'BLOCKED_WORDS_FILE', 'MIX', 'FFMPEG_PATH', 'RTC_UDP_PORTS']
const FOLDER = 'lianmai-sandbox-'
const HOW_TO_USE = '# Put these lines into a file, and start a server with it in another terminal: node --env-file=<file> scripts/start.mjs'

const folder = mkdtempSync(path.join(tmpdir(), FOLDER))
const clouds = await openClouds()
const handedOn: Record<string, string> = Object.fromEntries(HANDED_ON.flatMap(name => process.env[name] ? [[name, process.env[name]!]] : []))
const env: Record<string, string> = { HOST: '127.0.0.1', PORT: '8080', DATA_DIR: path.join(folder, 'data'), ...handedOn, ...clouds.env }

if (process.argv.includes('--env'))
  runCloudsOnly(clouds)
else
  await runAll(clouds)

function runCloudsOnly({ callBack }: Clouds): void {
  const url = env.PUBLIC_URL ?? `http://127.0.0.1:${env.PORT}`
  callBack(url)
  console.log(`${HOW_TO_USE}\n${envLines({ ...env, PUBLIC_URL: url })}`)
  endOnSignal(clouds.close)
}

async function runAll({ callBack, close }: Clouds): Promise<void> {
  try {
    const server = await startServer(readConfig(env))
    callBack(server.url.replace('localhost', '127.0.0.1'))
    const url = env.PUBLIC_URL ?? server.url
    const file = path.join(folder, 'sandbox.env')
    writeFileSync(file, `${envLines({ ...env, PORT: new URL(server.url).port, PUBLIC_URL: url })}\n`, { mode: 0o600 })
    console.log(describeSandbox({ url, env, file }))
    endOnSignal(async () => {
      await server.close()
      await close()
    })
  }
  catch (error) {
    await close()
    rmSync(folder, { recursive: true, force: true })
    if (!(error instanceof ConfigError || error instanceof StartError))
      throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

function endOnSignal(close: () => Promise<void>): void {
  let isEnding = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isEnding)
        process.exit(130) // the second Ctrl-C means now
      isEnding = true
      void close().finally(() => {
        rmSync(folder, { recursive: true, force: true })
        process.exit(0)
      })
    })
  }
}
