import type { HttpCall } from '@/src/adapters/http/httpRequest'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiFailure } from '@/src/ports/RoomApi'
import { aSession } from '@/src/testing/fixtures'
import { onH5, onMp } from '@/src/testing/platform'
import { askInWeChat } from './askInWeChat'
import { createLiveReminder } from './createLiveReminder'
import { templateId } from './templateId'

const TEMPLATE = 'zun-LzcQyW-edafCVvzPkK4de2Rllr1fFpw2A_x0oXE'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})

function setUp(answer: (call: HttpCall) => unknown) {
  const calls: HttpCall[] = []
  const reminder = createLiveReminder({
    template: TEMPLATE,
    request: async (call) => {
      calls.push(call)
      return answer(call)
    },
    session: { current: aSession({ token: 'old' }) },
    api: { refreshSession: async () => aSession({ token: 'fresh' }) },
  })!
  return { calls, reminder }
}

describe('the template', () => {
  onMp('[WX49] comes with the build; without one, or with one that is none, there is nothing to ask', () => {
    expect(templateId()).toBeUndefined()
    expect(createLiveReminder({ request: () => expect.unreachable(), session: { current: undefined }, api: { refreshSession: () => expect.unreachable() } })).toBeUndefined()
    vi.stubEnv('VITE_WX_TEMPLATE_LIVE', TEMPLATE)
    expect(templateId()).toBe(TEMPLATE)
    vi.stubEnv('VITE_WX_TEMPLATE_LIVE', '请填写')
    expect(templateId()).toBeUndefined()
  })

  onH5('[WX49] is nothing for browsers', () => {
    vi.stubEnv('VITE_WX_TEMPLATE_LIVE', TEMPLATE)
    expect(templateId()).toBeUndefined()
  })
})

describe('the server\'s door', () => {
  it.each([
    [{ ok: true, reminders: true }, true],
    [{ ok: true, reminders: false }, false],
    [{ ok: true }, false], // an older server
    [undefined, false],
  ])('[WX49] %j offers it: %s', async (health, isOffered) => {
    const { calls, reminder } = setUp(() => {
      if (!health)
        throw new ApiFailure('NETWORK', '')
      return health
    })
    expect(await reminder.isOffered()).toBe(isOffered)
    expect(calls).toEqual([{ method: 'GET', path: '/healthz' }])
  })

  it('[WX50] is told in the person\'s name, with a session that is renewed once', async () => {
    const { calls, reminder } = setUp(({ token }) => {
      if (token === 'old')
        throw new ApiFailure('UNAUTHORIZED', '')
      return { anchorId: 'uanna' }
    })
    await reminder.add('rroom0000001')
    expect(calls).toEqual(['old', 'fresh'].map(token => ({ method: 'POST', path: '/api/rooms/rroom0000001/reminders', token })))
  })

  it('[WX52] a refusal is told as it is', async () => {
    const { reminder } = setUp(() => {
      throw new ApiFailure('NO_WECHAT', '')
    })
    await expect(reminder.add('rroom0000001')).rejects.toMatchObject({ code: 'NO_WECHAT' })
  })
})

describe('wechat\'s question', () => {
  type Options = WechatMiniprogram.RequestSubscribeMessageOption

  function stub(answer: (options: Options) => void) {
    const requestSubscribeMessage = vi.fn(answer)
    vi.stubGlobal('wx', { requestSubscribeMessage })
    return requestSubscribeMessage
  }

  it.each([
    ['accept', 'accepted'],
    ['acceptWithAudio', 'accepted'],
    ['reject', 'rejected'],
    ['ban', 'banned'],
    ['filter', 'unavailable'],
    [undefined, 'unavailable'],
  ])('[WX50] [WX51] %s is %s', async (word, meaning) => {
    const asked = stub(({ success }) => success!({ errMsg: 'requestSubscribeMessage:ok', ...(word !== undefined && { [TEMPLATE]: word }) } as never))
    expect(await askInWeChat(TEMPLATE)).toBe(meaning)
    expect(asked.mock.calls[0][0].tmplIds).toEqual([TEMPLATE])
  })

  it.each([
    [20004, 'rejected'], // all messages are switched off
    [10002, 'unavailable'],
    [20001, 'unavailable'],
  ])('[WX51] the error %d is %s', async (errCode, meaning) => {
    stub(({ fail }) => fail!({ errCode, errMsg: 'requestSubscribeMessage:fail' }))
    expect(await askInWeChat(TEMPLATE)).toBe(meaning)
  })
})
