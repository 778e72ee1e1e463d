import type { AddressKind, AddressRules } from './address'
import { describe, expect, it } from 'vitest'
import { ADDRESS_MAX, addressInLink, playUrlsOf, readAddress } from './address'

const ALL: AddressRules = { kinds: ['rtmp', 'flv', 'wsFlv', 'hls', 'whip', 'whep', 'leb'], isSecurePage: false }
const SIGNED = '?txSecret=0123456789abcdef0123456789abcdef&txTime=6A0F1E2D'

describe('an address', () => {
  it.each<[string, AddressKind]>([
    [`rtmp://live.example.com/live/stream${SIGNED}`, 'rtmp'],
    ['rtmp://192.168.1.7:1935/live/rtest-uabc', 'rtmp'],
    ['RTMP://Live.Example.com/live/s', 'rtmp'],
    [`https://live.example.com/live/stream.flv${SIGNED}`, 'flv'],
    [`wss://live.example.com/live/stream.flv${SIGNED}`, 'wsFlv'],
    ['ws://[fd00::1]:8080/live/stream.flv', 'wsFlv'],
    ['https://live.example.com/live/stream.m3u8', 'hls'],
    [`http://localhost:8080/whip/rtest-uabc${SIGNED}`, 'whip'],
    ['https://srs.example.com/rtc/v1/whip/?app=live&stream=s', 'whip'],
    [`https://live.example.com/whep/stream${SIGNED}`, 'whep'],
    ['  https://live.example.com/whep/stream \n', 'whep'],
    ['https://webrtc.liveplay.myqcloud.com/webrtc/v1/pullstream?streamurl=webrtc%3A%2F%2Fplay.example.com%2Flive%2Fx%3FtxSecret%3Ds', 'leb'],
    ['https://webrtcpush.tlivewebrtcpush.com/webrtc/v2/whip?streamurl=webrtc%3A%2F%2Fpush.example.com%2Flive%2Fx', 'whip'],
  ])('[TL1] %j is told from its scheme and path', (text, kind) => {
    expect(readAddress(text, ALL)).toEqual({ address: { kind, url: text.trim() } })
  })

  it.each([
    ['', 'EMPTY'],
    [' \n ', 'EMPTY'],
    [`rtmp://a/${'x'.repeat(ADDRESS_MAX)}`, 'TOO_LONG'],
    ['live.example.com/live/stream', 'NOT_AN_ADDRESS'],
    ['javascript:alert(1)//a.flv', 'NOT_AN_ADDRESS'],
    ['file:///etc/passwd.flv', 'NOT_AN_ADDRESS'],
    ['data:video/x-flv,a.flv', 'NOT_AN_ADDRESS'],
    ['https://me:secret@live.example.com/s.flv', 'NOT_AN_ADDRESS'],
    ['https:///s.flv', 'NOT_AN_ADDRESS'],
    ['https://-/s.flv', 'NOT_AN_ADDRESS'],
    ['https://a:123456/s.flv', 'NOT_AN_ADDRESS'],
    ['https://a/s.flv"><script>', 'NOT_AN_ADDRESS'],
    ['https://a/one.flv https://a/two.flv', 'NOT_AN_ADDRESS'],
    ['https://a/s.flv\nInjected: yes', 'NOT_AN_ADDRESS'],
    ['rtmp://a', 'UNKNOWN_KIND'],
    ['https://live.example.com/', 'UNKNOWN_KIND'],
    ['https://live.example.com/whipped/stream', 'UNKNOWN_KIND'],
    ['ws://live.example.com/whep/stream', 'UNKNOWN_KIND'],
    ['https://live.example.com/?stream.flv', 'UNKNOWN_KIND'],
  ])('[TL2] %j is refused: %s', (text, code) => {
    expect(readAddress(text, ALL)).toEqual({ fault: { code } })
  })

  it('[TL2] what is good elsewhere only is refused, and said to be so', () => {
    expect(readAddress('rtmp://a/live/s', { ...ALL, kinds: ['whip'] })).toEqual({ fault: { code: 'WRONG_KIND', kind: 'rtmp' } })
  })

  it('[TL2] a page of https takes no address that its browser would block', () => {
    const onHttps = { ...ALL, isSecurePage: true }
    for (const url of ['http://a/s.flv', 'ws://a/s.flv', 'http://a/whep/s'])
      expect(readAddress(url, onHttps)).toEqual({ fault: { code: 'INSECURE' } })
    for (const url of ['https://a/s.flv', 'wss://a/s.flv', 'rtmp://a/live/s'])
      expect(readAddress(url, onHttps)).toHaveProperty('address')
  })

  it('[TL2] a megabyte of anything is refused at once', () => {
    const before = performance.now()
    for (const text of ['a'.repeat(1e6), `https://${'a.'.repeat(5e5)}`, `https://${'a.-'.repeat(600)}!`])
      expect(readAddress(text, ALL)).toHaveProperty('fault')
    expect(performance.now() - before).toBeLessThan(500)
  })

  it('is played by this one way', () => {
    expect(playUrlsOf({ kind: 'whep', url: 'https://a/whep/s' })).toEqual({ whep: 'https://a/whep/s', expiresAt: Number.MAX_SAFE_INTEGER })
  })
})

describe('an address in a link', () => {
  const url = `https://live.example.com/live/s.flv${SIGNED}&name=a%2Fb`

  it('[TL5] is the same whether the platform decoded the link or not', () => {
    expect(addressInLink(encodeURIComponent(url))).toBe(url)
    expect(addressInLink(url)).toBe(url)
  })

  it.each([undefined, '', 'https%3A%2F%2Fa%E0%A4%A', 'x'.repeat(7000)])('[TL5] nothing that can be read is nothing: %j', (parameter) => {
    expect(addressInLink(parameter)).toBe('')
  })
})
