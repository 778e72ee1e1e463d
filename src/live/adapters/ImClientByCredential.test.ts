import type { ImCredential } from '@/shared/protocol/rest'
import type { ImState } from '@/src/ports/ImClient'
import { beforeEach, expect, it } from 'vitest'
import { FakeImClient } from '@/src/testing/fakeImClient'
import { createImClientByCredential } from './ImClientByCredential'

const TENCENT: ImCredential = { kind: 'tencent', sdkAppId: 1, userId: 'ume000000001', userSig: 'sig' }

let embedded: FakeImClient
let tencent: FakeImClient
let states: ImState['status'][]
let client: ReturnType<typeof createImClientByCredential>

beforeEach(() => {
  embedded = new FakeImClient()
  tencent = new FakeImClient()
  states = []
  client = createImClientByCredential({ embedded, tencent, tencentVisitor: tencent })
  client.listen({ state: ({ status }) => states.push(status) })
})

it('[TI3] a session of our own hub leaves Tencent IM alone', async () => {
  client.login({ kind: 'embedded' }, 'token')
  await client.join('rone')
  expect(await client.sendText('hi')).toBe('m1')
  client.retryNow()
  expect([embedded.roomId, embedded.sent, embedded.retries, client.state.status]).toEqual(['rone', ['hi'], 1, 'online'])
  expect([tencent.credential, tencent.roomId, tencent.state.status]).toEqual([undefined, undefined, 'offline'])
  client.leave()
  expect(embedded.roomId).toBeUndefined()
})

it('[TI3] a session of Tencent IM takes over, and the hub is left', async () => {
  client.login({ kind: 'embedded' }, 'token')
  client.login(TENCENT, 'token')
  await client.join('rone')
  expect([tencent.credential, tencent.roomId, embedded.state.status, client.state.status]).toEqual([TENCENT, 'rone', 'offline', 'online'])
  client.login(TENCENT, 'token')
  client.logout()
  expect(states).toEqual(['online', 'offline', 'online', 'online', 'offline'])
})

it('[TI3] listeners hear whoever speaks, until they stop', () => {
  const heard: number[] = []
  const stop = client.listen({ online: people => heard.push(people) })
  embedded.setOnline(1)
  tencent.setOnline(2)
  stop()
  tencent.setOnline(3)
  expect([heard, embedded.listenerCount, tencent.listenerCount]).toEqual([[1, 2], 1, 1])
})
