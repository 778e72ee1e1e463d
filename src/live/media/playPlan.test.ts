import type { PlayPowers } from './playPlan'
import { describe, expect, it } from 'vitest'
import { isOtherTarget, nativePlayWays, playWays, urlOf } from './playPlan'

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
    expect(playWays({ urls: URLS, mode }, powers)).toEqual(ways)
  })

  it('[TC13] Tencent\'s low-latency playback has the place of WHEP', () => {
    const urls = { flv: 'https://a/x.flv', leb: 'https://a/pullstream?streamurl=x', hls: 'https://a/x.m3u8', expiresAt: 0 }
    expect(playWays({ urls, mode: 'live' }, DESK)).toEqual(['flv', 'leb'])
    expect(playWays({ urls, mode: 'lowLatency' }, DESK)).toEqual(['leb', 'flv'])
    expect(playWays({ urls, mode: 'live' }, IPHONE)).toEqual(['leb', 'flv', 'hls'])
    expect(nativePlayWays({ urls, mode: 'lowLatency' })).toEqual(['flv'])
  })

  it('[PB1] only ways that the server offers', () => {
    expect(playWays({ urls: { flv: 'http://a/x.flv', expiresAt: 0 }, mode: 'live' }, DESK)).toEqual(['flv'])
    expect(playWays({ urls: undefined, mode: 'live' }, DESK)).toEqual([])
  })

  it('[PB1] WeChat takes FLV first and RTMP where FLV stays black', () => {
    expect(nativePlayWays({ urls: URLS, mode: 'live' })).toEqual(['flv', 'rtmp'])
    expect(nativePlayWays({ urls: { rtmp: 'rtmp://a', expiresAt: 0 }, mode: 'live' })).toEqual(['rtmp'])
    expect(urlOf(URLS, 'rtmp')).toBe('rtmp://a/live/x')
  })
})

describe('on the mic', () => {
  it('[LM166] WeChat takes RTMP first: the network has just let its pusher through', () => {
    expect(nativePlayWays({ urls: URLS, mode: 'lowLatency' })).toEqual(['rtmp', 'flv'])
  })

  it('[LM167] a stream that is named in the query is told from others all the same', () => {
    const leb = (stream: string, secret: string) => ({ leb: `https://a/pullstream?streamurl=${encodeURIComponent(`webrtc://p/live/${stream}?txSecret=${secret}&txTime=6A`)}`, expiresAt: 0 })
    const whep = (stream: string, secret: string) => ({ whep: `http://a/rtc/v1/whep/?app=live&stream=${stream}&txSecret=${secret}&txTime=6A`, expiresAt: 0 })
    for (const urlsOf of [leb, whep]) {
      const one = { urls: urlsOf('r1Xu1', '1'), mode: 'live' } as const
      expect(isOtherTarget(one, { urls: urlsOf('r1Xu1', '2'), mode: 'live' })).toBe(false)
      expect(isOtherTarget(one, { urls: urlsOf('r1Xumix', '1'), mode: 'live' })).toBe(true)
    }
  })

  it('[LM167] fresh addresses are the same stream; another stream and another mode are not', () => {
    const signed = (stream: string, secret: string) => ({ flv: `http://a/live/${stream}.flv?txSecret=${secret}`, whep: `http://a/whep/${stream}?txSecret=${secret}`, expiresAt: 0 })
    const one = { urls: signed('r1-u1', '1'), mode: 'live' } as const
    expect(isOtherTarget(one, { urls: signed('r1-u1', '2'), mode: 'live' })).toBe(false)
    expect(isOtherTarget(one, { urls: signed('r1-umix', '1'), mode: 'live' })).toBe(true)
    expect(isOtherTarget(one, { urls: one.urls, mode: 'lowLatency' })).toBe(true)
    expect(isOtherTarget({ urls: undefined, mode: 'live' }, one)).toBe(true)
  })
})
