import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

const SERVER = import.meta.dirname
let dataDir: string
const children: ChildProcess[] = []
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'lianmai-index-'))
})
afterEach(() => {
  children.splice(0).forEach(child => child.kill('SIGKILL'))
  rmSync(dataDir, { recursive: true, force: true })
})

function run(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'index.ts'], {
    cwd: SERVER,
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', RTMP_PORT: '0', DATA_DIR: dataDir, DEMO_ROOM: '0', ...env },
  })
  children.push(child)
  let output = ''
  child.stdout.on('data', text => output += text)
  child.stderr.on('data', text => output += text)
  return {
    child,
    output: () => output,
    exit: once(child, 'close').then(([code]) => code as number | null),
    started: async () => {
      while (!output.includes('Ctrl-C ends it'))
        await once(child.stdout, 'data')
    },
  }
}

it.each(['SIGINT', 'SIGTERM'] as const)('[OP7] says where it is, and %s ends it cleanly within five seconds', async (signal) => {
  const program = run({})
  await program.started()
  const url = /http:\/\/localhost:\d+/.exec(program.output())![0].replace('localhost', '127.0.0.1')
  expect(program.output()).toMatch(/ffmpeg .*"rtmp:\/\/localhost:\d+\/live\/rlocal-ulocal\?txSecret=/)
  expect(program.output()).toContain('unpackage/dist/build/mp-weixin')
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  const asked = performance.now()
  program.child.kill(signal)
  expect(await program.exit).toBe(0)
  expect(performance.now() - asked).toBeLessThan(5000)
})

it('[OP5] a taken port is one sentence', async () => {
  const taken = net.createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as net.AddressInfo
  const program = run({ PORT: String(port) })
  expect(await program.exit).toBe(1)
  expect(program.output()).toBe(`Port ${port} is taken: stop the program that uses it, or set PORT to another port.\n`)
  taken.close()
})

it('[OP2] [OP5] wrong settings are told all at once, without a stack', async () => {
  const program = run({ PORT: 'eighty', HTTPS: 'yes' })
  expect(await program.exit).toBe(1)
  expect(program.output()).toMatch(/^The configuration cannot be used:\n {2}- PORT .*\n {2}- HTTPS .*\n$/)
})
