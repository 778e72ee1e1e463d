import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { plainKey } from '../urlAuth'
import { createLiveUrls } from './liveUrls'
import { streamIdOfName, streamNameOf } from './streamName'

const NOW = 1_790_000_000_000
const settings = {
  pushDomain: 'push.example.com',
  playDomain: 'play.example.com',
  isPlayHttps: true,
  appName: 'live',
  whipUrl: 'https://webrtcpush.tlivewebrtcpush.com/webrtc/v2/whip',
  lebUrl: 'https://webrtc.liveplay.myqcloud.com/webrtc/v1',
}
const urls = createLiveUrls({ settings, pushKey: plainKey('push key'), playKey: plainKey('play key'), clock: { now: () => NOW } })
const hash = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex')
const TX_TIME = (NOW / 1000 + 60).toString(16).toUpperCase()

describe('addresses of streams on Tencent Cloud Live', () => {
  it('[TC1] publish to the push domain, signed with the push key', () => {
    const signature = `txSecret=${hash('md5', `push keyr23456Xu23456${TX_TIME}`)}&txTime=${TX_TIME}`
    expect(urls.push('r23456-u23456', 60_000)).toEqual({
      streamId: 'r23456-u23456',
      rtmp: `rtmp://push.example.com/live/r23456Xu23456?${signature}`,
      rtmpServer: 'rtmp://push.example.com/live',
      rtmpKey: `r23456Xu23456?${signature}`,
      whip: `https://webrtcpush.tlivewebrtcpush.com/webrtc/v2/whip?streamurl=${encodeURIComponent(`webrtc://push.example.com/live/r23456Xu23456?${signature}`)}`,
      expiresAt: NOW + 60_000,
    })
  })

  it('[TC1] play from the play domain, signed with the play key', () => {
    const signature = `txSecret=${hash('md5', `play keyr23456Xu23456${TX_TIME}`)}&txTime=${TX_TIME}`
    expect(urls.play('r23456-u23456', 60_000)).toEqual({
      flv: `https://play.example.com/live/r23456Xu23456.flv?${signature}`,
      hls: `https://play.example.com/live/r23456Xu23456.m3u8?${signature}`,
      rtmp: `rtmp://play.example.com/live/r23456Xu23456?${signature}`,
      leb: `https://webrtc.liveplay.myqcloud.com/webrtc/v1/pullstream?streamurl=${encodeURIComponent(`webrtc://play.example.com/live/r23456Xu23456?${signature}`)}`,
      expiresAt: NOW + 60_000,
    })
  })

  it('[TC1] can be signed by SHA-256, be plain HTTP, and be of another application', () => {
    const others = createLiveUrls({ settings: { ...settings, isPlayHttps: false, appName: 'rooms' }, pushKey: { key: 'p', backup: null, algorithm: 'sha256' }, playKey: { key: 'q', backup: null, algorithm: 'sha256' }, clock: { now: () => NOW } })
    expect(others.push('r23456-u23456', 60_000).rtmp).toBe(`rtmp://push.example.com/rooms/r23456Xu23456?txSecret=${hash('sha256', `pr23456Xu23456${TX_TIME}`)}&txTime=${TX_TIME}`)
    expect(others.play('r23456-u23456', 60_000).flv).toBe(`http://play.example.com/rooms/r23456Xu23456.flv?txSecret=${hash('sha256', `qr23456Xu23456${TX_TIME}`)}&txTime=${TX_TIME}`)
  })

  it('[TC1] name streams by letters and digits alone, each its own', () => {
    expect(streamNameOf('r23456-u23456')).toMatch(/^[a-z\d]+X[a-z\d]+$/)
    expect(streamIdOfName(streamNameOf('r23456-umix'))).toBe('r23456-umix')
    for (const name of ['r23456-u23456', 'r23456', 'r23456Xu23456Xu1', 'somebody', '', 'r23456Xm23456'])
      expect(streamIdOfName(name)).toBeUndefined()
  })
})
