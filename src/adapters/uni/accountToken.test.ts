import { afterEach, beforeEach, describe, expect, vi } from 'vitest'
import { onH5, onMp } from '@/src/testing/platform'
import { createVirtualClock, settle } from '@/src/testing/virtualClock'
import { createAccountToken } from './createAccountToken'
import { TOKEN_TIMEOUT_MS } from './webAccountToken'

const JWT = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxNyJ9.c2lnbmF0dXJl-_'
const address = () => location.pathname + location.search + location.hash

describe('a token of another account system', () => {
  beforeEach(() => history.replaceState({ some: 'state' }, '', '/'))
  afterEach(() => {
    delete window.lianmaiAccountToken
    vi.restoreAllMocks()
  })

  for (const [hash, rest] of [
    [`#account_token=${JWT}`, '#/'],
    [`#/account_token=${JWT}`, '#/'],
    [`#/?account_token=${JWT}`, '#/'],
    [`#/src/live/pages/room/index?id=rroom0000001&account_token=${JWT}`, '#/src/live/pages/room/index?id=rroom0000001'],
    [`#/src/live/pages/room/index?account_token=${JWT}&id=rroom0000001&q=a%20b`, '#/src/live/pages/room/index?id=rroom0000001&q=a%20b'],
  ]) {
    onH5(`[AC10] is taken out of ${hash.replace(JWT, '…')}, and what it came with stays`, async () => {
      location.hash = hash
      const entries = history.length
      expect(await createAccountToken(createVirtualClock())!()).toBe(JWT)
      expect(address()).toBe(`/${rest}`)
      expect([history.length, history.state]).toEqual([entries, null])
      expect(createAccountToken(createVirtualClock())).toBeUndefined()
    })
  }

  for (const hash of ['', '#/', '#/src/pages/me/index', '#/src/live/pages/room/index?id=rroom0000001', '#account_token=', '#my_account_token=x']) {
    onH5(`[AC10] is not in "${hash}", which stays as it is`, () => {
      location.hash = hash
      const before = address()
      expect(createAccountToken(createVirtualClock())).toBeUndefined()
      expect(address()).toBe(hash === '#account_token=' ? before : `/${hash}`)
    })
  }

  onH5('[AC10] that comes while the app runs starts it anew', () => {
    const reload = vi.spyOn(location, 'reload').mockImplementation(() => {})
    createAccountToken(createVirtualClock())
    location.hash = '#/src/pages/me/index'
    window.dispatchEvent(new Event('hashchange'))
    expect(reload).not.toHaveBeenCalled()
    location.hash = `#account_token=${JWT}`
    window.dispatchEvent(new Event('hashchange'))
    expect(reload).toHaveBeenCalled()
  })

  onH5('[AC10] is asked of the page that holds the app, anew each time', async () => {
    let asked = 0
    window.lianmaiAccountToken = async () => `token-${++asked}`
    const clock = createVirtualClock()
    const token = createAccountToken(clock)!
    expect([await token(), await token(), clock.pending]).toEqual(['token-1', 'token-2', 0])
  })

  onH5('[AC10] is none where that page has none, fails, or is slow', async () => {
    const clock = createVirtualClock()
    window.lianmaiAccountToken = async () => ''
    expect(await createAccountToken(clock)!()).toBeUndefined()
    window.lianmaiAccountToken = () => Promise.reject(new Error('nobody is logged in'))
    expect(await createAccountToken(clock)!()).toBeUndefined()
    window.lianmaiAccountToken = () => new Promise(() => {})
    const given = vi.fn()
    void createAccountToken(clock)!().then(given)
    await clock.advance(TOKEN_TIMEOUT_MS - 1)
    expect(given).not.toHaveBeenCalled()
    await clock.advance(1)
    await settle()
    expect([given.mock.calls, TOKEN_TIMEOUT_MS]).toEqual([[[undefined]], 5000])
  })

  onMp('[AC10] is nothing that WeChat brings along', () => {
    expect(createAccountToken(createVirtualClock())).toBeUndefined()
  })
})
