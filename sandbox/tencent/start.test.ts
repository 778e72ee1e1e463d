import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readConfig } from '../../server/config'

const START = path.join(import.meta.dirname, 'start.ts')
let child: ChildProcess
let output = ''

afterEach(() => child.kill('SIGKILL'))

async function start(args: string[], env: Record<string, string>, isUp: () => boolean): Promise<void> {
  output = ''
  child = spawn(process.execPath, ['--import', 'tsx', START, ...args], { env: { PATH: process.env.PATH, ...env } })
  child.stdout!.on('data', text => output += text)
  child.stderr!.on('data', text => output += text)
  await vi.waitFor(() => expect(isUp(), output).toBe(true), 15_000)
}

async function interrupt(): Promise<unknown> {
  child.kill('SIGINT')
  const [code] = await once(child, 'exit')
  return code
}

function read(lines: string): Record<string, string> {
  return Object.fromEntries(lines.trim().split('\n').map((line) => {
    const at = line.indexOf('=')
    return [line.slice(0, at), line.slice(at + 1)]
  }))
}

describe('npm run sandbox:tencent', () => {
  it('[SB13] runs the application with doubles of the clouds, says where, and is gone after Ctrl-C', async () => {
    await start([], { PORT: '0', MEDIA: 'embedded', LOG_LEVEL: 'silent' }, () => output.includes('Ctrl-C'))
    const url = /Open +(\S+)/.exec(output)![1]!.replace('localhost', '127.0.0.1')
    const file = /--env-file=(\S+)/.exec(output)![1]!
    expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ ok: true, media: { whep: false } })
    const session = await (await fetch(`${url}/api/sessions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"nickname":"Anna"}' })).json() as { im: object }
    expect(session.im).toMatchObject({ kind: 'tencent' })
    const env = read(readFileSync(file, 'utf8'))
    expect(await (await fetch(`${env.PUBLIC_URL}/healthz`)).json()).toMatchObject({ ok: true })
    expect(readConfig(env)).toMatchObject({ media: { provider: { kind: 'tencent' } }, im: { kind: 'tencent', sdkAppId: Number(env.TENCENT_SDK_APP_ID) } })
    for (const name of ['TENCENT_SECRET_KEY', 'TENCENT_SDK_SECRET_KEY', 'PUSH_KEY'])
      expect(output).not.toContain(env[name])
    expect(await interrupt()).toBe(0)
    expect(existsSync(file)).toBe(false)
    await expect(fetch(`${url}/healthz`)).rejects.toThrow()
  })

  it('[SB13] --env starts the doubles alone and prints what a server is to be started with; keys are new every time', async () => {
    await start(['--env'], { PORT: '8123' }, () => output.includes('WECHAT_MESSAGE_TOKEN'))
    const env = read(output)
    expect(env).toMatchObject({ PORT: '8123', PUBLIC_URL: 'http://127.0.0.1:8123', MEDIA: 'tencent', IM: 'tencent' })
    expect(readConfig(env).accounts.weChat).toMatchObject({ apiUrl: env.WECHAT_API_URL })
    expect((await fetch(`${env.TENCENT_IM_API_URL}/v4/openim/sendmsg`, { method: 'POST' })).status).toBe(200)
    const keys = Object.entries(env).filter(([name]) => /KEY|SECRET|TOKEN/.test(name)).map(([, value]) => value)
    expect(await interrupt()).toBe(0)
    await start(['--env'], { PORT: '8123' }, () => output.includes('WECHAT_MESSAGE_TOKEN'))
    for (const key of keys)
      expect(output).not.toContain(key)
    await interrupt()
  })

  it('[SB13] what keeps the server from starting is one clear sentence, and the doubles end', async () => {
    await start([], { HOST: '203.0.113.1' }, () => output !== '')
    await vi.waitFor(() => expect(child.exitCode).toBe(1), 8000)
    expect(output).toMatch(/^HOST is no address of this machine.*\n$/)
  })
})
