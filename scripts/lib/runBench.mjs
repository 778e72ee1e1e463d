// One bench in a process of its own, so that none inherits another's heap, timers or sockets.
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { register } from 'tsx/esm/api'

register()
const { name, run } = await import(pathToFileURL(process.argv[2]))
process.send({ name, rows: await run() }, () => process.exit())
