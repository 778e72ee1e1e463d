/** The program: reads the environment, starts the server, says where it is, and stops it on Ctrl-C. */
import path from 'node:path'
import process from 'node:process'
import { startServer } from './app'
import { banner } from './banner'
import { readConfig } from './config'
import { ConfigError } from './configError'
import { StartError } from './startError'

/** A stop that takes longer than this is cut short. */
const STOP_TIMEOUT_MS = 4500
const MINI_PROGRAM = path.resolve(import.meta.dirname, '../unpackage/dist/build/mp-weixin')

try {
  const server = await startServer(readConfig(process.env))
  console.log(banner({ server, miniProgram: MINI_PROGRAM }))
  stopOnSignal(server.close)
}
catch (error) {
  if (!(error instanceof ConfigError || error instanceof StartError))
    throw error
  console.error(error.message)
  process.exit(1)
}

function stopOnSignal(close: () => Promise<void>): void {
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping)
        process.exit(130) // the second Ctrl-C means now
      isStopping = true
      setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref()
      close().then(() => process.exit(0), (error: unknown) => {
        console.error(error)
        process.exit(1)
      })
    })
  }
}
