const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':')

export interface OfferShape {
  readonly audio?: boolean
  /** Payload type → codec line's end and format, as in `H264/90000 packetization-mode=1;profile-level-id=42e01f`. */
  readonly video?: Readonly<Record<number, string>> | false
  readonly extra?: readonly string[]
}

const H264 = { 102: 'H264/90000 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f' }

/** An offer as browsers write it, shortened. */
export function offerSdp({ audio = true, video = H264, extra = [] }: OfferShape = {}): string {
  const security = ['a=ice-ufrag:abcd', 'a=ice-pwd:0123456789abcdefghijkl', `a=fingerprint:sha-256 ${FINGERPRINT}`, 'a=setup:actpass']
  const section = (kind: string, mid: number, codecs: Readonly<Record<number, string>>) => [
    `m=${kind} 9 UDP/TLS/RTP/SAVPF ${Object.keys(codecs).join(' ')}`,
    'c=IN IP4 0.0.0.0',
    'a=candidate:1 1 udp 2122260223 192.0.2.7 50000 typ host',
    'a=candidate:2 1 udp 2122260223 0123.local 50001 typ host',
    ...security,
    `a=mid:${mid}`,
    'a=extmap:4 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
    'a=sendrecv',
    'a=rtcp-mux',
    ...Object.entries(codecs).flatMap(([type, codec]) => {
      const [name, format] = codec.split(' ')
      return [`a=rtpmap:${type} ${name}`, `a=rtcp-fb:${type} transport-cc`, `a=rtcp-fb:${type} nack pli`, ...format ? [`a=fmtp:${type} ${format}`] : []]
    }),
    `a=ssrc:${1000 + mid} cname:test`,
  ]
  const mids = [...audio ? [0] : [], ...video ? [1] : []]
  return [
    'v=0',
    'o=- 1 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `a=group:BUNDLE ${mids.join(' ')}`,
    ...extra,
    ...audio ? section('audio', 0, { 111: 'opus/48000/2 minptime=10', 9: 'G722/8000' }) : [],
    ...video ? section('video', 1, video) : [],
    '',
  ].join('\r\n')
}
