import type { TencentCredential } from './TimConnection'
import type { Tim, TimEvent, TimSdk } from './timSdk'
import type { ImState } from '@/src/ports/ImClient'
import { beforeEach, expect, it } from 'vitest'
import { createVirtualClock, settle } from '@/src/testing/virtualClock'
import { LOGIN_TIMEOUT_MS, TimConnection } from './TimConnection'

const credential = (userId: string): TencentCredential => ({ kind: 'tencent', sdkAppId: 1, userId, userSig: `sig of ${userId}` })

/** An SDK whose answers are given by hand: moments that the real one does not let us choose. */
class FakeTim {
  readonly logins: { readonly userId: string, readonly answer: (isThere: boolean) => void }[] = []
  readonly listeners = new Map<string, (event: TimEvent) => void>()
  isDestroyed = false
  readonly tim = {
    setLogLevel: () => {},
    on: (event, listener) => void this.listeners.set(event, listener),
    off: event => void this.listeners.delete(event),
    login: ({ userID }) => new Promise(resolve => void this.logins.push({ userId: userID, answer: repeatLogin => resolve({ data: { repeatLogin } }) })),
    logout: async () => {},
    destroy: async () => void (this.isDestroyed = true),
  } as Partial<Tim> as Tim

  tell = (event: string, data?: unknown) => this.listeners.get(event)?.({ data })
}

let clock: ReturnType<typeof createVirtualClock>
let made: FakeTim[]
let loads: ((sdk: TimSdk) => void)[]
let states: ImState['status'][]
let ready: number
let connection: TimConnection

const sdk: TimSdk = {
  EVENT: { SDK_READY: 'ready', MESSAGE_RECEIVED: 'messages', KICKED_OUT: 'kicked', NET_STATE_CHANGE: 'net' },
  create: () => made[made.push(new FakeTim()) - 1].tim,
}

beforeEach(() => {
  clock = createVirtualClock()
  made = []
  loads = []
  states = []
  ready = 0
  connection = new TimConnection({
    loadSdk: () => new Promise(resolve => void loads.push(resolve)),
    clock,
    random: () => 0,
    onState: ({ status }) => states.push(status),
    onReady: () => ready++,
    onMessages: () => {},
  })
})

async function loaded(): Promise<void> {
  loads.splice(0).forEach(load => load(sdk))
  await settle()
}

it('[TI4] an SDK that loads for longer than a login may take is made once', async () => {
  connection.open(credential('uone'))
  await clock.advance(LOGIN_TIMEOUT_MS)
  await loaded()
  expect([made.length, made[0].logins.length]).toEqual([1, 1])
  made[0].tell('ready')
  expect([connection.state.status, ready]).toEqual(['online', 1])
})

it('[TI12] who logs out while the SDK loads gets none, and an answer that comes after it is nobody\'s', async () => {
  connection.open(credential('uone'))
  connection.close()
  await loaded()
  expect([made, connection.state.status]).toEqual([[], 'offline'])
  connection.open(credential('uone'))
  await loaded()
  connection.close()
  made[0].logins[0].answer(true)
  await settle()
  expect([made[0].isDestroyed, made[0].listeners.size, connection.state.status, ready, clock.pending]).toEqual([true, 0, 'offline', 0, 0])
})

it('[TI4] another person logs in on another SDK; the same one with a newer UserSig stays', async () => {
  connection.open(credential('uone'))
  await loaded()
  made[0].tell('ready')
  connection.open({ ...credential('uone'), userSig: 'newer' } as TencentCredential)
  expect(made[0].logins).toHaveLength(1)
  connection.open(credential('utwo'))
  await loaded()
  expect([made.length, made[0].isDestroyed, made[1].logins[0].userId]).toEqual([2, true, 'utwo'])
})

it('[TI9] a drop that is told before the login is none', async () => {
  connection.open(credential('uone'))
  await loaded()
  made[0].tell('net', { state: 'connecting' })
  made[0].tell('net', { state: 'connected' })
  expect([states, ready]).toEqual([['connecting'], 0])
  made[0].tell('ready')
  made[0].tell('net', { state: 'disconnected' })
  made[0].tell('net', { state: 'connecting' })
  made[0].tell('net', { state: 'connected' })
  expect([states, ready]).toEqual([['connecting', 'online', 'connecting', 'online'], 2])
})

it.each([
  ['multipleAccount', 'REPLACED'],
  ['multipleDevice', 'REPLACED'],
  ['REST_API_Kick', 'FORBIDDEN'],
  ['userSigExpired', 'UNAUTHORIZED'],
])('[TI6] sent away for %s is %s', async (type, code) => {
  connection.open(credential('uone'))
  await loaded()
  made[0].tell('ready')
  made[0].tell('kicked', { type })
  expect([connection.state, clock.pending]).toEqual([{ status: 'refused', code }, 0])
  made[0].tell('ready')
  expect(connection.state.status).toBe('refused')
})
