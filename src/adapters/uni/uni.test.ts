import { afterEach, describe, expect, it, vi } from 'vitest'
import { MemoryKeyValue } from '@/src/testing/fakeServices'
import { aSession } from '@/src/testing/fixtures'
import { isH5, onH5, onMp } from '@/src/testing/platform'
import { createDeviceAccess } from './createDeviceAccess'
import { createKeyValue } from './createKeyValue'
import { createPlatform } from './createPlatform'
import { createSessionKeeper } from './createSessionKeeper'
import { systemClock } from './systemClock'

afterEach(() => vi.useRealTimers())

describe('kept values', () => {
  it('[UI30] come back as they were, and a broken one as nothing', () => {
    const store = createKeyValue()
    store.write('a', { n: [1, 2] })
    expect(store.read('a')).toEqual({ n: [1, 2] })
    store.remove('a')
    expect(store.read('a')).toBeUndefined()
    uni.setStorageSync('lianmai.b', '{broken')
    expect(store.read('b')).toBeUndefined()
  })

  it('[UI30] a device that keeps nothing costs no error', () => {
    const store = createKeyValue()
    for (const method of [uni.getStorageSync, uni.setStorageSync, uni.removeStorageSync]) {
      vi.mocked(method).mockImplementation(() => {
        throw new Error('quota')
      })
    }
    store.write('a', 1)
    store.remove('a')
    expect(store.read('a')).toBeUndefined()
  })

  it('[UI31] a session survives a restart, and one that does not fit is forgotten', () => {
    const values = new MemoryKeyValue()
    const heard: unknown[] = []
    const keeper = createSessionKeeper(values)
    const stop = keeper.listen(session => heard.push(session?.token))
    keeper.keep(aSession({ token: 'a' }))
    stop()
    keeper.keep(aSession({ token: 'b' }))
    expect(heard).toEqual(['a'])
    expect(createSessionKeeper(values).current?.token).toBe('b')
    values.write('session', { token: 7 })
    expect(createSessionKeeper(values).current).toBeUndefined()
  })

  it('[AC11] whom the device remembers gives way to whom the page brings along', () => {
    const values = new MemoryKeyValue()
    createSessionKeeper(values).keep(aSession({ token: 'a' }))
    expect(createSessionKeeper(values, false).current).toBeUndefined()
  })

  it('[AC12] who is turned away is nobody, until a session is kept; with guests again, who they were', () => {
    const values = new MemoryKeyValue()
    const keeper = createSessionKeeper(values)
    const heard: unknown[] = []
    keeper.keep(aSession({ token: 'a' }))
    keeper.listen(session => heard.push(session?.token))
    keeper.turnAway()
    expect([keeper.current, createSessionKeeper(values).current?.token]).toEqual([undefined, 'a'])
    keeper.keep(aSession({ token: 'b' }))
    expect(heard).toEqual([undefined, 'b'])
  })
})

describe('the clock', () => {
  it('runs once, runs again and again, and stops twice without harm', () => {
    vi.useFakeTimers({ now: 1000 })
    const seen: string[] = []
    const stopOnce = systemClock.after(10, () => seen.push('once'))
    const stopEvery = systemClock.every(10, () => seen.push('every'))
    vi.advanceTimersByTime(25)
    expect(systemClock.now()).toBe(1025)
    stopEvery()
    stopEvery()
    stopOnce()
    vi.advanceTimersByTime(100)
    expect(seen).toEqual(['once', 'every', 'every'])
  })
})

describe('camera and microphone', () => {
  function browser(permissions: unknown, getUserMedia?: unknown) {
    vi.stubGlobal('navigator', { permissions, mediaDevices: { getUserMedia }, onLine: true, language: 'zh-CN' })
  }
  afterEach(() => vi.unstubAllGlobals())

  onH5('[UI32] the answer given before is known, where the browser tells it', async () => {
    const access = createDeviceAccess()
    browser({ query: async ({ name }: { name: string }) => ({ state: name === 'camera' ? 'granted' : 'prompt' }) })
    expect([await access.query('camera'), await access.query('microphone')]).toEqual(['granted', 'unknown'])
    browser({ query: () => Promise.reject(new TypeError('camera')) })
    expect(await access.query('camera')).toBe('unknown')
  })

  onH5('[RC39] a page without https says so', async () => {
    vi.stubGlobal('isSecureContext', false)
    expect(await createDeviceAccess().query('camera')).toBe('insecure')
  })

  onH5('[UI33] asking lets go of the device again', async () => {
    const stop = vi.fn()
    browser({}, async () => ({ getTracks: () => [{ stop }, { stop }] }))
    expect(await createDeviceAccess().request('camera')).toBe('granted')
    expect(stop).toHaveBeenCalledTimes(2)
  })

  onH5('[UI33] a refusal is a no; a missing or busy device is not', async () => {
    browser({}, () => Promise.reject(new DOMException('no', 'NotAllowedError')))
    expect(await createDeviceAccess().request('microphone')).toBe('denied')
    browser({}, () => Promise.reject(new DOMException('none', 'NotFoundError')))
    expect(await createDeviceAccess().request('microphone')).toBe('unknown')
  })

  const settle = (authSetting: object) => vi.mocked(uni.getSetting).mockImplementation(options => options!.success!({ authSetting } as never))

  onMp('[UI32] the answer given before is known', async () => {
    settle({ 'scope.camera': true, 'scope.record': false })
    const access = createDeviceAccess()
    expect([await access.query('camera'), await access.query('microphone')]).toEqual(['granted', 'denied'])
    settle({})
    expect(await access.query('camera')).toBe('unknown')
  })

  onMp('[UI33] asking answers yes, or what the settings then say', async () => {
    const access = createDeviceAccess()
    vi.mocked(uni.authorize).mockImplementation(options => options.success!({} as never) as never)
    expect(await access.request('camera')).toBe('granted')
    settle({ 'scope.camera': false })
    vi.mocked(uni.authorize).mockImplementation(options => options.fail!({}) as never)
    expect(await access.request('camera')).toBe('denied')
  })

  onMp('[UI33] the settings are opened, and it waits until the person is back', async () => {
    let back = () => {}
    vi.mocked(uni.openSetting).mockImplementation((options) => {
      back = () => options!.complete!({} as never)
      return undefined as never
    })
    const opened = createDeviceAccess().openSettings()
    back()
    await expect(opened).resolves.toBeUndefined()
  })
})

describe('the platform', () => {
  onH5('[UI34] the network is heard coming and going until stopped', () => {
    const platform = createPlatform('http://host', '1.2.3')
    const heard: boolean[] = []
    const stop = platform.onNetwork(isOnline => heard.push(isOnline))
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    window.dispatchEvent(new Event('offline'))
    stop()
    window.dispatchEvent(new Event('online'))
    expect(heard).toEqual([false])
    expect(platform.isOnline()).toBe(false)
  })

  onMp('[UI34] the network is heard coming and going until stopped', () => {
    const platform = createPlatform('http://host', '1.2.3')
    const heard: boolean[] = []
    const stop = platform.onNetwork(isOnline => heard.push(isOnline))
    const changes = vi.mocked(uni.onNetworkStatusChange).mock.calls.map(([change]) => change)
    changes.forEach(change => change({ isConnected: false, networkType: 'none' }))
    stop()
    expect(vi.mocked(uni.offNetworkStatusChange)).toHaveBeenCalledWith(changes.at(-1))
    expect(heard).toEqual([false])
    expect(platform.isOnline()).toBe(false)
    expect(platform.language).toBe('zh_CN')
  })

  onH5('[UI34] whether there is a network is known when nobody listens', () => {
    const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    const platform = createPlatform('http://host', '1.2.3')
    expect(platform.isOnline()).toBe(false)
    onLine.mockReturnValue(true)
    expect(platform.isOnline()).toBe(true)
    onLine.mockRestore()
  })

  onMp('[UI34] whether there is a network is known when nobody listens', () => {
    vi.mocked(uni.getNetworkType).mockImplementation(options => options!.success!({ networkType: 'none' } as never) as never)
    const platform = createPlatform('http://host', '1.2.3')
    expect(platform.isOnline()).toBe(false)
    vi.mocked(uni.onNetworkStatusChange).mock.calls[0][0]({ isConnected: true, networkType: 'wifi' })
    expect(platform.isOnline()).toBe(true)
  })

  it('[SM10] WeChat\'s developer tools are known for what they are, and the web never is them', () => {
    vi.mocked(uni.getDeviceInfo).mockReturnValue({ platform: 'devtools' } as never)
    expect(createPlatform('http://host', '1.2.3').isDevTools).toBe(!isH5)
    vi.mocked(uni.getDeviceInfo).mockReturnValue({ platform: 'ios' } as never)
    expect(createPlatform('http://host', '1.2.3').isDevTools).toBe(false)
  })

  onH5('the server\'s documents open beside the app', () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null)
    createPlatform('http://host', '1.2.3').openDocs!()
    expect(open).toHaveBeenCalledWith('/docs', '_blank', 'noopener')
    open.mockRestore()
  })

  onMp('the server\'s documents need a browser', () => {
    expect(createPlatform('http://host', '1.2.3').openDocs).toBeUndefined()
  })

  onMp('a text is copied, or it says that it was not', async () => {
    vi.mocked(uni.setClipboardData).mockImplementation(options => options.success!({} as never) as never)
    expect(await createPlatform('', '1.2.3').copy('x')).toBe(true)
    vi.mocked(uni.setClipboardData).mockImplementation(options => options.fail!({}) as never)
    expect(await createPlatform('', '1.2.3').copy('x')).toBe(false)
  })

  onH5('a text is copied, the old way where the page may not use the clipboard', async () => {
    const writeText = vi.fn(async (_text: string) => {})
    vi.stubGlobal('navigator', { clipboard: { writeText }, onLine: true, language: 'en' })
    expect(await createPlatform('', '1.2.3').copy('x')).toBe(true)
    expect(writeText).toHaveBeenCalledWith('x')
    writeText.mockRejectedValue(new Error('insecure'))
    document.execCommand = vi.fn(() => true)
    expect(await createPlatform('', '1.2.3').copy('y')).toBe(true)
    expect(document.querySelector('textarea')).toBeNull()
    vi.unstubAllGlobals()
  })
})
