import type { ImSettings, MediaSettings } from './settings'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { domainsOf } from './domains'

const EMBEDDED = { kind: 'embedded' } as const
const OWN = 'https://live.example.com'
const tim = (sdkAppId: number, socketUrl: string | null = null): ImSettings => ({ kind: 'tencent', sdkAppId, key: { kind: 'secret', secretKey: '' }, admin: '', callbackToken: '', apiUrl: '', socketUrl })
const CLOUD: MediaSettings = {
  kind: 'tencent',
  pushDomain: 'push.example.com',
  playDomain: 'play.example.com',
  isPlayHttps: true,
  appName: 'live',
  callbackKey: '',
  secretId: '',
  secretKey: '',
  apiUrl: 'https://live.tencentcloudapi.com',
  whipUrl: 'https://webrtcpush.tlivewebrtcpush.com/webrtc/v2/whip',
  lebUrl: 'https://webrtc.liveplay.myqcloud.com/webrtc/v1',
}
const SRS: MediaSettings = { kind: 'srs', rtmpUrl: 'rtmp://srs.example.com', httpUrl: 'https://srs.example.com:8443', rtcUrl: 'https://srs.example.com:1990', apiUrl: 'http://10.0.0.2:1985', hookSecret: '' }

describe('domainsOf', () => {
  it('[DR1] with an own chat and engine there is only our server', () => {
    expect(domainsOf({ own: OWN, im: EMBEDDED, media: EMBEDDED })).toEqual({ request: [OWN], socket: ['wss://live.example.com'], upload: [], download: [OWN], media: [OWN, 'wss://live.example.com'] })
    expect(domainsOf({ own: null, im: EMBEDDED, media: EMBEDDED })).toEqual({ request: [], socket: [], upload: [], download: [], media: [] })
  })

  it('[DR1] Tencent Live adds the play domain and the two doors of WebRTC', () => {
    expect(domainsOf({ own: null, im: EMBEDDED, media: CLOUD }).media).toEqual(['https://play.example.com', 'https://webrtcpush.tlivewebrtcpush.com', 'https://webrtc.liveplay.myqcloud.com'])
    expect(domainsOf({ own: null, im: EMBEDDED, media: { ...CLOUD, isPlayHttps: false, playDomain: '127.0.0.1:9000' } }).media[0]).toBe('http://127.0.0.1:9000')
  })

  it('[DR1] SRS is reached where people reach it, never by its API', () => {
    expect(domainsOf({ own: null, im: EMBEDDED, media: SRS }).media).toEqual(['https://srs.example.com:8443', 'wss://srs.example.com:8443', 'https://srs.example.com:1990'])
    expect(domainsOf({ own: null, im: EMBEDDED, media: { ...SRS, rtcUrl: null } }).media).toHaveLength(2)
  })

  it.each([
    [1_400_000_000, ['wss://wss.im.qcloud.com', 'wss://wss.tim.qq.com'], 'https://events.im.qcloud.com'],
    [20_000_000, ['wss://wsssgp.im.qcloud.com', 'wss://wsssgp.my-imcloud.com'], 'https://apisgp.my-imcloud.com'],
    [1_729_999_999, ['wss://wsssgp.im.qcloud.com', 'wss://wsssgp.my-imcloud.com'], 'https://apisgp.my-imcloud.com'],
    [1_730_000_000, ['wss://wsskr.im.qcloud.com', 'wss://wsskr.my-imcloud.com'], 'https://apikr.my-imcloud.com'],
    [79_999_999, ['wss://wssusa.im.qcloud.com', 'wss://wssusa.my-imcloud.com'], 'https://apiusa.my-imcloud.com'],
    [80_000_000, ['wss://wss.im.qcloud.com', 'wss://wss.tim.qq.com'], 'https://events.im.qcloud.com'],
  ])('[DR1] the number %i of an application says where its chat is', (sdkAppId, sockets, reports) => {
    const { request, socket } = domainsOf({ own: null, im: tim(sdkAppId), media: EMBEDDED })
    expect(socket).toEqual(sockets)
    expect(request).toContain(reports)
  })

  it('[DR1] every address of Tencent IM that we name is in the SDK', () => {
    const sdk = readFileSync(createRequire(import.meta.url).resolve('tim-wx-sdk/tim-wx.es.js'), 'utf8')
    for (const sdkAppId of [1_400_000_000, 20e6, 30e6, 40e6, 50e6, 60e6, 70e6]) {
      const { request, socket } = domainsOf({ own: null, im: tim(sdkAppId), media: EMBEDDED })
      expect([...request, ...socket].filter(origin => !sdk.includes(origin))).toEqual([])
    }
  })

  it('[DR1] a socket of one\'s own takes the place of Tencent\'s', () => {
    expect(domainsOf({ own: null, im: tim(1_400_000_000, 'ws://127.0.0.1:9100/im'), media: EMBEDDED })).toMatchObject({ request: [], socket: ['ws://127.0.0.1:9100'] })
  })
})
