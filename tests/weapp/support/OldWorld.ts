/** A server, and people with old apps on phones whose clocks are wrong; time passes for all of them when a test says so. */
import type { OldClient } from './OldClient'
import type { TestServer, TestServerOptions } from '@/server/testing/startTestServer'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { startTestServer } from '@/server/testing/startTestServer'
import { settled, VirtualClock } from '@/server/testing/VirtualClock'
import { FirstClient } from './FirstClient'
import { NATIVE_TIMEOUT_MS, NativeClient } from './NativeClient'
import { TimApplication } from './Tim'
import { signWithPrivateKey, signWithSecret } from './userSig'
import { createWire } from './wire'
import { WxClient } from './WxClient'

/** One each: the application of the newer apps signs with a secret key, that of the first with a private one. */
const NEW_APP = 1_400_047_134
const FIRST_APP = 1_400_001_052
const WX_TIMEOUT_MS = 60_000
const STEP_MS = 500
/** Of the phones, ahead of the server's. */
const WRONG_BY_MS = 3 * 60_000 + 21

export const GENERATIONS = ['wx 2020', 'Android 2019', 'iOS 2019', 'wx 2018'] as const
export type Generation = typeof GENERATIONS[number]

export interface OldWorld {
  readonly server: TestServer
  readonly clock: VirtualClock
  /** Somebody with an app of that generation, not logged in. */
  readonly person: (account: string, generation: Generation, roomType?: string) => OldClient
  readonly userSig: (account: string, generation?: Generation) => string
  readonly sdkAppId: (generation: Generation) => number
  /** Where people of the newer and of the first generation chat. */
  readonly tim: Readonly<Record<'new' | 'first', TimApplication>>
  /** In small steps, after each of which everything that was asked is answered. */
  readonly pass: (ms: number) => Promise<void>
  /** The server goes away and comes back at the same place. */
  readonly restart: () => Promise<void>
  readonly close: () => Promise<void>
}

export async function openOldWorld({ env, ...options }: TestServerOptions = {}): Promise<OldWorld> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'lianmai-old-'))
  const secretKey = randomBytes(32).toString('hex')
  const privateKey = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const keyFile = path.join(folder, 'authkeys.txt')
  writeFileSync(keyFile, privateKey)
  const settings = { WEAPP_APPS: `${NEW_APP}=${secretKey}, ${FIRST_APP}=${keyFile}`, ...env }
  const tim = { new: new TimApplication(), first: new TimApplication() }
  const phoneClock = new VirtualClock(Date.now() + WRONG_BY_MS)
  const people: OldClient[] = []
  let clock = new VirtualClock(Date.now())
  let server = await startTestServer({ ...options, clock, env: settings })

  const wire = (timeoutMs: number) => createWire(() => server.origin, timeoutMs)
  const wires = { wx: wire(WX_TIMEOUT_MS), native: wire(NATIVE_TIMEOUT_MS) }
  const isFirst = (generation: Generation) => generation === 'wx 2018'
  const sdkAppId = (generation: Generation) => isFirst(generation) ? FIRST_APP : NEW_APP
  const userSig = (account: string, generation: Generation = 'wx 2020') => isFirst(generation)
    ? signWithPrivateKey(FIRST_APP, privateKey, account, clock.now())
    : signWithSecret(NEW_APP, secretKey, account)

  function createClient(account: string, generation: Generation, roomType: string): OldClient {
    const me = { sdkAppID: sdkAppId(generation), userID: account, userSig: userSig(account, generation), userName: `${account} 的名字`, userAvatar: 'https://example.com/face.png' }
    const phone = { clock: phoneClock, tim: tim[isFirst(generation) ? 'first' : 'new'].open(account) }
    switch (generation) {
      case 'wx 2020': return new WxClient(me, { ...phone, wire: wires.wx }, roomType)
      case 'wx 2018': return new FirstClient(me, { ...phone, wire: wires.wx }, roomType)
      case 'Android 2019': return new NativeClient(me, { ...phone, wire: wires.native }, 'Android')
      case 'iOS 2019': return new NativeClient(me, { ...phone, wire: wires.native }, 'iOS')
    }
  }

  async function idle(): Promise<void> {
    await settled()
    await Promise.all(people.map(person => person.idle()))
    await settled()
  }

  return {
    get server() { return server },
    get clock() { return clock },
    person(account, generation, roomType = 'live_room') {
      const person = createClient(account, generation, roomType)
      people.push(person)
      return person
    },
    userSig,
    sdkAppId,
    tim,
    async pass(ms) {
      for (let left = ms; left > 0; left -= STEP_MS) {
        const step = Math.min(STEP_MS, left)
        await clock.advance(step)
        await phoneClock.advance(step)
        await idle()
      }
    },
    async restart() {
      const { dataDir, url, rtmpUrl } = server
      await server.close()
      Object.values(wires).forEach(({ hangUp }) => hangUp())
      clock = clock.later(0)
      server = await startTestServer({ ...options, clock, dataDir, env: { ...settings, PORT: new URL(url).port, RTMP_PORT: new URL(rtmpUrl!).port } })
    },
    async close() {
      Object.values(wires).forEach(({ hangUp }) => hangUp())
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
