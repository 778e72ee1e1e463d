import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../testing/seededRandom'
import { MAX_OFFER_BYTES, parseOffer } from './offer'
import { offerSdp } from './testing/offers'

function parsed(sdp: string) {
  const offer = parseOffer(sdp)
  if (typeof offer === 'string')
    throw new Error(offer)
  return offer
}

const mediaOf = (sdp: string) => [...sdp.matchAll(/^m=(\w+)/gm)].map(([, kind]) => kind)

describe('parseOffer', () => {
  it('[RT4] leaves out candidates, header extensions and feedback that the answer must not promise', () => {
    const { sdp } = parsed(offerSdp())
    expect(mediaOf(sdp)).toEqual(['audio', 'video'])
    expect(sdp).not.toMatch(/candidate|\.local|192\.0\.2\.7|extmap|transport-cc/)
    expect(sdp).toMatch(/a=rtcp-fb:102 nack pli/)
    expect(sdp.endsWith('\r\n')).toBe(true)
  })

  it('[RT4] narrows each medium to one codec', () => {
    const { sdp } = parsed(offerSdp({ video: {
      96: 'VP8/90000',
      97: 'H264/90000 packetization-mode=0;profile-level-id=42e01f',
      98: 'H264/90000 packetization-mode=1;profile-level-id=64001f',
      99: 'H264/90000 packetization-mode=1;profile-level-id=42e01f',
      100: 'rtx/90000 apt=99',
    } }))
    expect(sdp).toContain('m=video 9 UDP/TLS/RTP/SAVPF 99\r\n')
    expect(sdp).toContain('m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n')
    expect(sdp).not.toMatch(/VP8|G722|rtx|:9[678] /)
  })

  it('[RT4] takes another profile when baseline is not offered', () => {
    expect(parsed(offerSdp({ video: { 98: 'H264/90000 packetization-mode=1;profile-level-id=64001f' } })).sdp).toContain('SAVPF 98\r\n')
  })

  it.each([
    ['sound alone', { video: false }, ['audio']],
    ['picture alone', { audio: false }, ['video']],
  ] as const)('takes %s', (_, shape, kinds) => expect(mediaOf(parsed(offerSdp(shape)).sdp)).toEqual(kinds))

  it.each([
    ['VP8 only', offerSdp({ video: { 96: 'VP8/90000' } })],
    ['H.264 in single packets only', offerSdp({ video: { 97: 'H264/90000 packetization-mode=0' } })],
    ['no Opus', offerSdp().replace('opus/48000/2', 'PCMU/8000')],
  ])('[RT2] %s is an unsupported codec', (_, sdp) => expect(parseOffer(sdp)).toBe('unsupportedCodec'))

  it.each([
    ['nothing', ''],
    ['JSON', '{"type":"offer"}'],
    ['no media', offerSdp({ audio: false, video: false })],
    ['two sounds', offerSdp() + offerSdp().slice(offerSdp().indexOf('m=audio')).replaceAll('a=mid:0', 'a=mid:2')],
    ['one name for two media', offerSdp().replace('a=mid:1', 'a=mid:0')],
    ['no name', offerSdp().replace('a=mid:1\r\n', '')],
    ['a data channel', offerSdp().replace('m=audio', 'm=application')],
    ['no encryption', offerSdp().replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP')],
    ['no fingerprint', offerSdp().replaceAll(/a=fingerprint.*\r\n/g, '')],
    ['no ICE password', offerSdp().replaceAll(/a=ice-pwd.*\r\n/g, '')],
    ['an answer', offerSdp().replaceAll('a=setup:actpass', 'a=setup:passive')],
    ['too much', offerSdp({ extra: Array.from({ length: 3000 }, () => 'a=x-filler:0123456789abcdef') })],
  ])('[RT2] %s is malformed', (_, sdp) => expect(parseOffer(sdp)).toBe('malformed'))

  it('[RT8] never throws and never takes long, whatever is cut out or doubled', () => {
    const random = seededRandom(7)
    const original = offerSdp()
    for (let i = 0; i < 2000; i++) {
      const at = Math.floor(random() * original.length)
      const length = Math.floor(random() * 80)
      const piece = random() < 0.5 ? '' : original.slice(at, at + length).repeat(3)
      expect(() => parseOffer(original.slice(0, at) + piece + original.slice(at + length))).not.toThrow()
    }
    const startedAt = performance.now()
    parseOffer(`v=0\r\n${'a=rtpmap:1 '.repeat(MAX_OFFER_BYTES / 12)}`)
    parseOffer(offerSdp() + 'm=video 9 UDP/TLS/RTP/SAVPF '.padEnd(MAX_OFFER_BYTES - 4000, '1 '))
    expect(performance.now() - startedAt).toBeLessThan(200)
  })
})
