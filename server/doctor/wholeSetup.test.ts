/** The doctor, as it is started, beside the whole server and doubles of the clouds. */
import type { Clouds } from '../../sandbox/openClouds'
import type { TestServer } from '../testing/startTestServer'
import type { DoctorReport } from './DoctorReport'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openClouds } from '../../sandbox/openClouds'
import { startTestServer } from '../testing/startTestServer'
import { runDoctor } from './main'

let clouds: Clouds
let server: TestServer
let env: Record<string, string>

beforeAll(async () => {
  clouds = await openClouds({ isMixing: false })
  server = await startTestServer({ env: clouds.env })
  env = { ...clouds.env, HOST: '127.0.0.1', PORT: new URL(server.origin).port, PUBLIC_URL: server.origin, DATA_DIR: server.dataDir, VITE_SERVER_URL: server.origin }
})
afterAll(async () => {
  await server.stop()
  await clouds.close()
})

async function doctor(variables: Readonly<Record<string, string>>, ...args: string[]) {
  let told = ''
  const exitCode = await runDoctor({ args, variables, out: text => told += text, hasColours: false })
  return { exitCode, told }
}

async function reportOf(variables: Readonly<Record<string, string>>) {
  const { exitCode, told } = await doctor(variables, '--json', '--lang=en')
  const report = JSON.parse(told) as DoctorReport
  return { exitCode, told, report, of: (id: string) => report.findings.find(finding => finding.id === id) }
}

describe('a set-up with every cloud', () => {
  it('[DR8] answers right where everything is right', async () => {
    const { exitCode, of } = await reportOf(env)
    expect(exitCode).toBe(0)
    for (const id of ['port', 'database', 'environment', 'public-url.reach', 'live.domains', 'live.keys', 'live.api', 'live.console', 'live.console.keys', 'live.callback', 'live.webrtc', 'im.keys', 'im.api', 'im.callback', 'im.sockets', 'wechat.token', 'wechat.push'])
      expect(of(id), id).toMatchObject({ status: 'ok' })
    expect(of('port')?.found).toContain('our server is running')
    expect(of('wechat.domains')).toMatchObject({ status: 'skipped', found: expect.stringContaining('trying out') as unknown })
  })

  it.each([
    ['live.api', 'TENCENT_SECRET_KEY', 'another-key-0123456789', 'signature is wrong'],
    ['live.api', 'TENCENT_SECRET_ID', 'AKIDanother0123456789', 'no such key'],
    ['live.api', 'TENCENT_PUSH_DOMAIN', 'push.other.example', 'no such domain'],
    ['live.console.keys', 'PLAY_KEY', 'another-play-key', 'PLAY_KEY differ'],
    ['live.console', 'TENCENT_PLAY_DOMAIN', '127.0.0.1:1', '127.0.0.1:1 is not there'],
    ['im.api', 'TENCENT_SDK_SECRET_KEY', '0'.repeat(64), 'does not verify'],
    ['im.api', 'TENCENT_SDK_APP_ID', '1400000001', 'SDKAppID is not valid'],
    ['wechat.token', 'WECHAT_SECRET', 'f'.repeat(32), '40125'],
  ])('[DR8] %s tells of a wrong %s', async (id, name, value, says) => {
    const { exitCode, of } = await reportOf({ ...env, [name]: value })
    expect(of(id)).toMatchObject({ status: 'failed', found: expect.stringContaining(says) as unknown })
    expect(exitCode).toBe(1)
  })

  it('[DR8] tells of a server that does not run with these settings', async () => {
    const plain = await startTestServer()
    const { of } = await reportOf({ ...env, PUBLIC_URL: plain.origin })
    expect([of('public-url.reach')?.status, of('live.callback')?.status, of('im.callback')?.status]).toEqual(['ok', 'failed', 'failed'])
    expect(of('live.callback')?.found).toContain('is a 404')
    await plain.stop()
  })

  it('[DR4] a real report repeats no secret', async () => {
    const { told } = await reportOf(env)
    for (const [name, value] of Object.entries(env).filter(([name]) => /_KEY$|SECRET|TOKEN$/.test(name)))
      expect(told, name).not.toContain(value)
  })

  it('[DR9] the exit code is 2 where it cannot look', async () => {
    expect(await doctor(env, '--lang=fr')).toMatchObject({ exitCode: 2, told: expect.stringContaining('--lang=zh|en') as unknown })
    expect((await doctor(env, '--colour')).exitCode).toBe(2)
  })
})
