import type { MediaKind } from './rtpPacket'

/** An offer that may be given to the WebRTC library: what a library is never given cannot hurt it. */
export interface Offer {
  readonly sdp: string
}

export type OfferProblem = 'malformed' | 'unsupportedCodec'

/** Bytes. Browsers send 3 to 8 KB. */
export const MAX_OFFER_BYTES = 64 << 10

const REQUIRED = [
  /^a=ice-ufrag:[\w+/]{4,256}$/m,
  /^a=ice-pwd:[\w+/]{22,256}$/m,
  /^a=setup:act(?:pass|ive)$/m,
  /^a=fingerprint:sha-(?:256|384|512) (?:[\dA-F]{2}:){31,63}[\dA-F]{2}$/im,
]
const MEDIA_LINE = /^m=(audio|video) (\d{1,5}) UDP\/TLS\/RTP\/SAVPF ([\d ]+)$/
const MID = /^a=mid:([\w-]{1,16})$/m
const CODEC_LINE = /^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) /
/** What the answer would otherwise promise: congestion control by transport-wide numbers, and header extensions. */
const UNSUPPORTED_LINE = /^a=(?:rtcp-fb:\d+ transport-cc|extmap:|extmap-allow-mixed|rid:|simulcast:|candidate:|end-of-candidates|remote-candidates)/

/**
 * Reads an SDP offer (RFC 8866, RFC 9429) of one picture, one sound, or both, and narrows it to the codec we speak.
 *
 * Candidates go: the peer's own checks reach us anyway (peer reflexive), we never send to an address that an offer merely
 * names, and no name like `xxxx.local` is looked up.
 */
export function parseOffer(text: string): Offer | OfferProblem {
  if (text.length > MAX_OFFER_BYTES || !text.startsWith('v=0'))
    return 'malformed'
  const lines = text.split(/\r?\n/).filter(line => line !== '' && !UNSUPPORTED_LINE.test(line))
  if (!REQUIRED.every(pattern => pattern.test(lines.join('\n'))))
    return 'malformed'
  const [session, ...sections] = split(lines)
  const mids = new Set<string>()
  const kinds = new Set<MediaKind>()
  const narrowed: string[][] = [session]
  for (const section of sections) {
    const [, kind] = MEDIA_LINE.exec(section[0]) ?? []
    const mid = MID.exec(section.join('\n'))?.[1]
    if (!isMediaKind(kind) || mid === undefined || kinds.has(kind) || mids.has(mid))
      return 'malformed'
    const payloadType = kind === 'audio' ? findOpus(section) : findH264(section)
    if (payloadType === undefined)
      return 'unsupportedCodec'
    kinds.add(kind)
    mids.add(mid)
    narrowed.push(narrow(section, payloadType))
  }
  return kinds.size > 0 ? { sdp: `${narrowed.flat().join('\r\n')}\r\n` } : 'malformed'
}

const isMediaKind = (kind: string | undefined): kind is MediaKind => kind === 'audio' || kind === 'video'

/** The session's lines, then those of each medium. */
function split(lines: readonly string[]): string[][] {
  const sections: string[][] = [[]]
  for (const line of lines) {
    if (line.startsWith('m='))
      sections.push([])
    sections[sections.length - 1].push(line)
  }
  return sections
}

function narrow(section: readonly string[], payloadType: string): string[] {
  const [mediaLine, ...attributes] = section
  const narrowed = mediaLine.replace(/(SAVPF) [\d ]+$/, `$1 ${payloadType}`)
  return [narrowed, ...attributes.filter((line) => {
    const codec = CODEC_LINE.exec(line)?.[1]
    return codec === undefined || codec === payloadType
  })]
}

function findOpus(section: readonly string[]): string | undefined {
  return payloadTypes(section, /^opus\/48000\/2$/i)[0]
}

/** Pictures are passed on as they are, in packets of mode 1: that mode is needed, constrained baseline is preferred. */
function findH264(section: readonly string[]): string | undefined {
  const types = payloadTypes(section, /^H264\/90000$/i).map((type) => {
    const format = section.find(line => line.startsWith(`a=fmtp:${type} `)) ?? ''
    return { type, isMode1: /packetization-mode=1/.test(format), isBaseline: /profile-level-id=42[ce]0/i.test(format) }
  })
  const usable = types.filter(({ isMode1 }) => isMode1)
  return (usable.find(({ isBaseline }) => isBaseline) ?? usable[0])?.type
}

function payloadTypes(section: readonly string[], codec: RegExp): string[] {
  return section.flatMap((line) => {
    const [, type, name] = /^a=rtpmap:(\d+) (.+)$/.exec(line) ?? []
    return type !== undefined && codec.test(name.trim()) ? [type] : []
  })
}
