/** The world as it is: this process, its files and its network. */
import type { Clock } from '../clock'
import type { Certificate, Machine, Network, Settings, World } from './World'
import { Resolver } from 'node:dns/promises'
import { accessSync, closeSync, constants, existsSync, openSync, readdirSync, readFileSync, readSync, statfsSync, statSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import process from 'node:process'
import tls from 'node:tls'
import manifest from '../../package.json' with { type: 'json' }
import { findFfmpeg } from '../media/mixer/findFfmpeg'

const ROOT = path.resolve(import.meta.dirname, '../..')
const BUILD = path.join(ROOT, 'unpackage/dist/build')
/** Of one question. */
const NETWORK_MS = 3000
const READ_MAX_BYTES = 1024 * 1024

export function createNodeWorld(settings: Settings, clock: Clock): World {
  return { settings, clock, machine, network }
}

const machine: Machine = {
  nodeVersion: process.versions.node,
  nodeNeeded: manifest.engines.node,
  file(name) {
    const stats = statSync(inRoot(name), { throwIfNoEntry: false })
    return stats ? { isFile: stats.isFile(), mode: stats.mode & 0o777 } : null
  },
  read(name) {
    try {
      const file = openSync(inRoot(name), 'r')
      try {
        const bytes = Buffer.alloc(READ_MAX_BYTES)
        return bytes.subarray(0, readSync(file, bytes)).toString()
      }
      finally {
        closeSync(file)
      }
    }
    catch {
      return undefined
    }
  },
  canWrite(folder) {
    try {
      accessSync(nearest(folder), constants.W_OK | constants.X_OK)
      return true
    }
    catch {
      return false
    }
  },
  freeBytes(folder) {
    const { bavail, bsize } = statfsSync(nearest(folder))
    return bavail * bsize
  },
  miniProgram() {
    const folder = path.join(BUILD, 'mp-weixin')
    if (!existsSync(path.join(folder, 'app.json')))
      return null
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.js'))
      .map(name => readFileSync(path.join(folder, name), 'utf8'))
  },
  hasWebApp: () => existsSync(path.join(BUILD, 'h5/index.html')),
  async ffmpegProblem(command) {
    const found = await findFfmpeg(command)
    return 'problem' in found ? found.problem : null
  },
  isPortTaken: (port, host) => new Promise((resolve) => {
    const probe = net.createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE'))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(false)))
  }),
}

const resolver = () => new Resolver({ timeout: NETWORK_MS, tries: 1 })

const network: Network = {
  fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.any([AbortSignal.timeout(NETWORK_MS), ...init?.signal ? [init.signal] : []]) }),
  resolveCname: host => resolver().resolveCname(host),
  resolve: host => resolver().resolve(host),
  certificate: (host, port) => new Promise<Certificate>((resolve, reject) => {
    // Shown whatever is wrong with it: to say what is wrong is the point. Nothing is sent.
    const socket = tls.connect({ host, port, servername: host, rejectUnauthorized: false, timeout: NETWORK_MS }, () => {
      const { valid_to } = socket.getPeerCertificate()
      resolve({ validTo: Date.parse(valid_to), problem: socket.authorized ? null : String(socket.authorizationError) })
      socket.destroy()
    })
    socket.once('timeout', () => socket.destroy(new Error('nobody answered in time')))
    socket.once('error', reject)
  }),
}

const inRoot = (name: string): string => path.resolve(ROOT, name)

/** The folder, or the first above it that is there: what is made below it needs that one. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(path.dirname(folder))
}
