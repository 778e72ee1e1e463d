import { describe, expect, it, vi } from 'vitest'
import { createVirtualClock } from '@/src/testing/virtualClock'
import { createPlayerEvents, createPusherEvents } from './nativeEvents'

function setup() {
  const clock = createVirtualClock()
  const tell = vi.fn()
  const driver = { handleState: vi.fn(), handleError: vi.fn(), handleNetStatus: vi.fn(), handleFullscreen: vi.fn() }
  return { clock, tell, driver, pusher: createPusherEvents({ pusher: driver, tell, clock }), player: createPlayerEvents({ player: driver, tell, clock }) }
}

describe('events of the native tags', () => {
  it('[PB34] every number is a line with WeChat\'s own words, and then the driver\'s business', () => {
    const { clock, driver, player, pusher, tell } = setup()
    pusher.statechange({ code: 1101, message: 'uplink is weak' })
    pusher.error({ errCode: 10001 })
    player.statechange({ code: 2103, message: 'reconnecting' })
    expect(tell.mock.calls).toEqual([
      ['diagnostic', { at: clock.now(), code: 1101, text: 'statechange 1101 uplink is weak' }],
      ['diagnostic', { at: clock.now(), code: 10001, text: 'error 10001' }],
      ['diagnostic', { at: clock.now(), code: 2103, text: 'statechange 2103 reconnecting' }],
    ])
    expect(driver.handleState.mock.calls).toEqual([[1101], [2103]])
    expect(driver.handleError.mock.calls).toEqual([[10001]])
  })

  it.each([10005, 10012, 10014, 2027, 2029, -99])('[PB34] %i, which nobody documents, is marked', (code) => {
    const { player, pusher, tell } = setup()
    pusher.statechange({ code })
    pusher.error({ errCode: code })
    player.statechange({ code })
    expect(tell.mock.calls.map(([, line]) => [line.code, line.isUnknown])).toEqual([[code, true], [code, true], [code, true]])
  })

  it('[PB34] no signature is in a line', () => {
    const { pusher, tell } = setup()
    pusher.statechange({ code: 3004, message: 'closed: rtmp://a/live/r1-u1?txSecret=abc&txTime=5F' })
    expect(tell.mock.calls[0][1].text).toBe('statechange 3004 closed: rtmp://a/live/r1-u1')
  })

  it('[PB33] music that does not load is told as music, and as nothing else', () => {
    const { pusher, tell } = setup()
    pusher.error({ errCode: 10003, errMsg: 'bgm' })
    pusher.error({ errCode: 10004, errMsg: 'waiting image' })
    expect(tell.mock.calls.filter(([event]) => event !== 'diagnostic')).toEqual([['bgm', { type: 'failed' }]])
  })

  it('[PB33] the progress of music comes in milliseconds', () => {
    const { pusher, tell } = setup()
    pusher.bgmprogress({ progress: 1500, duration: 60_000 })
    expect(tell).toHaveBeenCalledWith('bgm', { type: 'progress', ms: 1500, durationMs: 60_000 })
  })

  it('[PB32] a level is told in either of WeChat\'s shapes, and not without one', () => {
    const { player, pusher, tell } = setup()
    pusher.audiovolumenotify({ volume: 0 })
    player.audiovolumenotify({ info: { volume: 100 } })
    player.audiovolumenotify({})
    player.audiovolumenotify()
    expect(tell.mock.calls).toEqual([['volume', 0], ['volume', 100]])
  })
})
