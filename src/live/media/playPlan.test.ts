import type { PlayPowers } from './playPlan'
import { describe, expect, it } from 'vitest'
import { nativePlayWays, playWays, urlOf } from './playPlan'

const URLS = { flv: 'http://a/x.flv', wsFlv: 'ws://a/x.flv', whep: 'http://a/whep/x', rtmp: 'rtmp://a/live/x', hls: 'http://a/x.m3u8', expiresAt: 0 }
const DESK: PlayPowers = { hasWebRtc: true, hasMediaSource: true, hasNativeHls: false, isIos: false }
const IPHONE: PlayPowers = { hasWebRtc: true, hasMediaSource: true, hasNativeHls: true, isIos: true }

describe('the order of the ways', () => {
  it.each([
    ['a computer', 'live', DESK, ['wsFlv', 'flv', 'whep']],
    ['a computer on the mic', 'lowLatency', DESK, ['whep', 'wsFlv', 'flv']],
    ['an iPhone', 'live', IPHONE, ['whep', 'wsFlv', 'flv', 'hls']],
    ['an old iPhone', 'live', { ...IPHONE, hasMediaSource: false }, ['whep', 'hls']],
    ['a browser without WebRTC', 'lowLatency', { ...DESK, hasWebRtc: false }, ['wsFlv', 'flv']],
    ['a Mac with Safari', 'live', { ...DESK, hasNativeHls: true }, ['wsFlv', 'flv', 'whep', 'hls']],
  ] as const)('[PB1] for %s in mode %s', (_name, mode, powers, ways) => {
    expect(playWays(URLS, mode, powers)).toEqual(ways)
  })

  it('[PB1] only ways that the server offers', () => {
    expect(playWays({ flv: 'http://a/x.flv', expiresAt: 0 }, 'live', DESK)).toEqual(['flv'])
    expect(playWays(undefined, 'live', DESK)).toEqual([])
  })

  it('[PB1] WeChat takes FLV first and RTMP where FLV stays black', () => {
    expect(nativePlayWays(URLS)).toEqual(['flv', 'rtmp'])
    expect(nativePlayWays({ rtmp: 'rtmp://a', expiresAt: 0 })).toEqual(['rtmp'])
    expect(urlOf(URLS, 'rtmp')).toBe('rtmp://a/live/x')
  })
})
