import { describe, expect, it, vi } from 'vitest'
import { createVirtualClock, settle } from '@/src/testing/virtualClock'
import { createFakeOutside } from '../testing/fakeOutside'
import { createNativePlayer } from './nativePlayer'

const URLS = { flv: 'http://a/x.flv', rtmp: 'rtmp://a/x', expiresAt: 0 }

function setup() {
  const clock = createVirtualClock()
  const context = { play: vi.fn(), stop: vi.fn(), pause: vi.fn(), resume: vi.fn(), requestFullScreen: vi.fn(), exitFullScreen: vi.fn() }
  const on = { onStatus: vi.fn(), onProblem: vi.fn(), onTrouble: vi.fn(), onStatistics: vi.fn(), onSize: vi.fn() }
  const sources: string[] = []
  const player = createNativePlayer({ context: () => context, outside: createFakeOutside().outside, setSource: async url => void sources.push(url), clock, random: () => 1, ...on })
  player.select({ urls: URLS, mode: 'live' })
  return { clock, context, player, sources, ...on, statuses: () => on.onStatus.mock.calls.map(([status]) => status) }
}

describe('<live-player>', () => {
  it.each([2003, 2004, 2032])('[PB22] plays FLV, and %i is the first picture', async (code) => {
    const { context, player, sources, statuses } = setup()
    player.start()
    await settle()
    expect(sources).toEqual([URLS.flv])
    expect(context.play).toHaveBeenCalledOnce()
    player.handleState(2001)
    player.handleState(2007)
    player.handleState(code)
    expect(statuses()).toEqual(['connecting', 'live'])
  })

  it('[PB22] where FLV stays black for eight seconds RTMP takes over', async () => {
    const { clock, context, player, sources, statuses } = setup()
    player.start()
    player.handleState(2002)
    await clock.advance(8000)
    expect(sources).toEqual([URLS.flv, URLS.rtmp])
    expect(context.stop).toHaveBeenCalledOnce()
    player.handleState(2003)
    expect(statuses()).toEqual(['connecting', 'live'])
  })

  it('[PB22] recovers from −2301 and from the end of the stream by itself', async () => {
    const { clock, player, sources, statuses } = setup()
    player.start()
    player.handleState(2004)
    await clock.advance(20_000)
    player.handleState(2103)
    player.handleState(-2301)
    await clock.advance(500)
    expect(sources).toEqual([URLS.flv, URLS.flv])
    player.handleState(2003)
    await clock.advance(20_000)
    player.handleState(2006)
    await clock.advance(500)
    expect(sources).toHaveLength(3)
    expect(statuses()).toEqual(['connecting', 'live', 'interrupted', 'live', 'interrupted'])
  })

  it('[PB22] stops at once, also while the source is being set', async () => {
    const { clock, context, player } = setup()
    player.start()
    player.stop()
    await settle()
    expect(context.play).not.toHaveBeenCalled()
    expect(clock.pending).toBe(0)
  })

  it('[PB17] tells statistics with the way that plays, and a size only when it changes', () => {
    const { player, onSize, onStatistics } = setup()
    player.handleNetStatus({ videoWidth: 720, videoHeight: 1280, videoBitrate: 800, audioBitrate: 48, videoFPS: 24, videoCache: 900 })
    player.handleNetStatus({ videoWidth: 720, videoHeight: 1280 })
    expect(onStatistics.mock.calls[0][0]).toMatchObject({ transport: 'flv', bitrateKbps: 848, fps: 24, bufferMs: 900 })
    expect(onSize.mock.calls).toEqual([[{ width: 720, height: 1280 }]])
  })

  it('[PB22] fullscreen lies down for a lying picture', () => {
    const { context, player } = setup()
    player.toggleFullscreen()
    expect(context.requestFullScreen).toHaveBeenCalledWith({ direction: 0 })
    player.handleNetStatus({ videoWidth: 1280, videoHeight: 720 })
    player.toggleFullscreen()
    expect(context.requestFullScreen).toHaveBeenLastCalledWith({ direction: 90 })
    player.handleFullscreen(true)
    player.toggleFullscreen()
    expect(context.exitFullScreen).toHaveBeenCalledOnce()
  })
})

describe('<live-player> with something else to play', () => {
  const MIXED = { flv: 'http://a/mixed.flv', rtmp: 'rtmp://a/mixed', expiresAt: 0 }

  it('[LM167] another stream or mode takes the place of what plays at once', async () => {
    const { context, player, sources, statuses } = setup()
    player.start()
    await settle()
    player.handleState(2004)
    player.select({ urls: MIXED, mode: 'live' })
    await settle()
    expect(sources).toEqual([URLS.flv, MIXED.flv])
    expect(context.stop).toHaveBeenCalledOnce()
    player.handleState(2004)
    player.select({ urls: MIXED, mode: 'lowLatency' })
    await settle()
    expect(sources.at(-1)).toBe(MIXED.rtmp)
    expect(context.play).toHaveBeenCalledTimes(3)
    player.handleState(2004)
    expect(statuses()).toEqual(['connecting', 'live', 'connecting', 'live', 'connecting', 'live'])
  })

  it('[LM167] fresh addresses, or none, disturb nothing', async () => {
    const { context, player } = setup()
    player.start()
    await settle()
    player.handleState(2004)
    player.select({ urls: { ...URLS, flv: `${URLS.flv}?fresh` }, mode: 'live' })
    player.select({ urls: undefined, mode: 'live' })
    await settle()
    expect(context.play).toHaveBeenCalledOnce()
    expect(context.stop).not.toHaveBeenCalled()
  })
})
