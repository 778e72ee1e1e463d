import { afterEach, describe, expect, vi } from 'vitest'
import { onH5, onMp } from '@/src/testing/platform'
import { createVirtualClock, settle } from '@/src/testing/virtualClock'
import { createLoginCode, LOGIN_TIMEOUT_MS } from './createLoginCode'

type Complete = (result: { code?: string }) => void

function phone(login: (complete: Complete) => void) {
  vi.stubGlobal('wx', { login: ({ complete }: { complete: Complete }) => login(complete) })
  const clock = createVirtualClock()
  return { clock, loginCode: createLoginCode(clock) }
}

describe('the code of wx.login', () => {
  afterEach(() => vi.unstubAllGlobals())

  onMp('[WX43] is what WeChat gives, anew each time', async () => {
    let codes = 0
    const { clock, loginCode } = phone(complete => complete({ code: `code-${++codes}` }))
    expect([await loginCode(), await loginCode(), clock.pending]).toEqual(['code-1', 'code-2', 0])
  })

  onMp('[WX43] is none where WeChat refuses, as in the timeline\'s mode', async () => {
    const { loginCode } = phone(complete => complete({}))
    expect(await loginCode()).toBeUndefined()
  })

  onMp('[WX43] is not waited for longer than two seconds', async () => {
    const { clock, loginCode } = phone(() => {})
    const given = vi.fn()
    void loginCode().then(given)
    await clock.advance(LOGIN_TIMEOUT_MS - 1)
    expect([given.mock.calls.length, LOGIN_TIMEOUT_MS]).toEqual([0, 2000])
    await clock.advance(1)
    await settle()
    expect(given).toHaveBeenCalledWith(undefined)
  })

  onH5('[WX43] is nothing browsers have', async () => {
    expect(await createLoginCode(createVirtualClock())()).toBeUndefined()
  })
})
