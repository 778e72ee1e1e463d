import type { HttpCall } from '@/src/adapters/http/httpRequest'
import { describe, expect, it } from 'vitest'
import { ApiFailure } from '@/src/ports/RoomApi'
import { FakeDeviceAccess, FakePrivacyGuide, MemoryKeyValue } from '@/src/testing/fakeServices'
import { aSession } from '@/src/testing/fixtures'
import { createSimulator } from './createSimulator'
import { spareDevices, sparePrivacyGuide } from './spareDevices'

function setUp({ isDevTools = false, answer = (_call: HttpCall): unknown => ({ isOn: true }) } = {}) {
  const calls: HttpCall[] = []
  const keyValue = new MemoryKeyValue()
  const simulator = createSimulator({
    request: async (call) => {
      calls.push(call)
      return answer(call)
    },
    session: { current: aSession({ token: 'old' }) },
    api: { refreshSession: async () => aSession({ token: 'fresh' }) },
    keyValue,
    platform: { isDevTools },
  })
  return { calls, keyValue, simulator }
}

describe('whether to simulate', () => {
  it('[SM10] a phone does not, unless it is told to, and remembers', () => {
    const { keyValue, simulator } = setUp()
    expect([simulator.areTagsMissing(), simulator.isOn()]).toEqual([false, false])
    simulator.turn(true)
    expect(simulator.isOn()).toBe(true)
    expect(keyValue.read('simulator')).toBe(true)
  })

  it('[SM10] [SM6] DevTools does, unless it is told not to', () => {
    const { simulator } = setUp({ isDevTools: true })
    expect([simulator.areTagsMissing(), simulator.isOn()]).toEqual([true, true])
    simulator.turn(false)
    expect(simulator.isOn()).toBe(false)
  })

  it('[SM10] a value that makes no sense is none', () => {
    const { keyValue, simulator } = setUp()
    keyValue.write('simulator', 'yes')
    expect(simulator.isOn()).toBe(false)
  })

  it('[SM8] what a tag told is known to the whole app', () => {
    const { simulator } = setUp()
    simulator.noteTags(true)
    expect(simulator.areTagsMissing()).toBe(true)
  })
})

describe('the server\'s door', () => {
  it('[SM11] is asked for one\'s own stream in a room', async () => {
    const { calls, simulator } = setUp()
    await simulator.lend('rroom0000001')
    await simulator.giveBack('rroom0000001')
    expect(calls).toEqual([true, false].map(isOn => ({ method: 'POST', path: '/api/rooms/rroom0000001/simulated-stream', token: 'old', body: { isOn } })))
  })

  it('[SM11] an old token is renewed, once', async () => {
    const { calls, simulator } = setUp({ answer: ({ token }) => {
      if (token === 'old')
        throw new ApiFailure('UNAUTHORIZED', '')
      return { isOn: true }
    } })
    await simulator.lend('rroom0000001')
    expect(calls.map(({ token }) => token)).toEqual(['old', 'fresh'])
  })

  it('[SM12] a refusal is told as it is', async () => {
    const { simulator } = setUp({ answer: () => {
      throw new ApiFailure('ROOM_ENDED', '')
    } })
    await expect(simulator.lend('rroom0000001')).rejects.toMatchObject({ code: 'ROOM_ENDED' })
  })

  it.each([
    [{ ok: true, simulator: true }, true],
    [{ ok: true, simulator: false }, false],
    [{ ok: true }, false], // an older server
    [undefined, false],
  ])('[SM9] %j offers it: %s', async (health, isOffered) => {
    const { calls, simulator } = setUp({ answer: () => {
      if (!health)
        throw new ApiFailure('NETWORK', '')
      return health
    } })
    expect(await simulator.isOffered()).toBe(isOffered)
    expect(calls.map(({ path }) => path)).toEqual(['/healthz'])
  })
})

describe('camera, microphone and privacy guide', () => {
  it('[SM15] nobody is asked for what a drawn picture does not use', async () => {
    const real = new FakeDeviceAccess()
    real.permissions = { camera: 'denied', microphone: 'unknown' }
    const guide = new FakePrivacyGuide()
    guide.name = '隐私保护指引'
    let isOn = true
    const devices = spareDevices(real, { isOn: () => isOn })
    const privacy = sparePrivacyGuide(guide, { isOn: () => isOn })
    expect([await devices.query('camera'), await devices.request('microphone'), await privacy.pending()]).toEqual(['granted', 'granted', undefined])
    isOn = false
    expect([await devices.query('camera'), await devices.request('microphone'), await privacy.pending()]).toEqual(['denied', 'unknown', '隐私保护指引'])
  })
})
