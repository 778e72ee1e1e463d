/** Addresses of streams that a person types, scans or brings along in a link. Pure. Rules: docs/SPEC.md, section TL. */
import type { PlayUrls } from '@/shared/protocol/rest'
import type { MediaStatistics } from '@/src/live/components/media'

export const ADDRESS_MAX = 2048

export type AddressKind = MediaStatistics['transport']

export interface Address {
  readonly kind: AddressKind
  readonly url: string
}

export type AddressFault
  = | { readonly code: 'EMPTY' | 'TOO_LONG' | 'NOT_AN_ADDRESS' | 'UNKNOWN_KIND' }
  /** Good elsewhere: another platform's, or for the other direction. */
    | { readonly code: 'WRONG_KIND', readonly kind: AddressKind }
  /** A page that came by https may not use it. */
    | { readonly code: 'INSECURE' }
  /** The server that the page came from lets it reach no other. */
    | { readonly code: 'BLOCKED' }

export interface AddressRules {
  readonly kinds: readonly AddressKind[]
  /** Browsers give a page of https nothing that comes by http or ws. */
  readonly isSecurePage: boolean
}

/** Scheme, host, port, path, query. No name or password, no white space, nothing that ends an attribute or a line of a log. */
const SHAPE = /^(rtmp|https?|wss?):\/\/(?:[a-z\d](?:[\w.-]*[a-z\d])?|\[[\da-f:.]+\])(?::\d{1,5})?(\/[^\s?#"'<>\\^`{|}]*)?(?:\?[^\s#"'<>\\^`{|}]*)?$/i

export type ReadAddress = { readonly address: Address } | { readonly fault: AddressFault }

/** What a text means here, or why it cannot be used. */
export function readAddress(text: string, { isSecurePage, kinds }: AddressRules): ReadAddress {
  const url = text.trim()
  if (url === '')
    return fault('EMPTY')
  if (url.length > ADDRESS_MAX)
    return fault('TOO_LONG')
  const parts = SHAPE.exec(url)
  if (!parts)
    return fault('NOT_AN_ADDRESS')
  const scheme = parts[1].toLowerCase()
  const kind = kindOf(scheme, parts[2] ?? '')
  if (!kind)
    return fault('UNKNOWN_KIND')
  if (!kinds.includes(kind))
    return { fault: { code: 'WRONG_KIND', kind } }
  if (isSecurePage && (scheme === 'http' || scheme === 'ws'))
    return fault('INSECURE')
  return { address: { kind, url } }
}

/** Of a link's parameter, which WeChat hands over as it was written and browsers decoded; empty where there is nothing to read. */
export function addressInLink(parameter: string | undefined): string {
  const text = parameter ?? ''
  if (text.length > 3 * ADDRESS_MAX)
    return ''
  try {
    return (/^\w+%3A/i.test(text) ? decodeURIComponent(text) : text).slice(0, ADDRESS_MAX)
  }
  catch {
    return ''
  }
}

/** As MediaPlayer wants it: one way and no other. */
export function playUrlsOf({ kind, url }: Address): PlayUrls {
  return { [kind]: url, expiresAt: Number.MAX_SAFE_INTEGER }
}

const fault = (code: 'EMPTY' | 'TOO_LONG' | 'NOT_AN_ADDRESS' | 'UNKNOWN_KIND' | 'INSECURE'): ReadAddress => ({ fault: { code } })

/** WebRTC has no scheme of its own here: servers name it in the path (`/whip/stream`, SRS: `/rtc/v1/whip/`, 快直播: `/webrtc/v1/pullstream`). */
function kindOf(scheme: string, path: string): AddressKind | undefined {
  if (scheme === 'rtmp')
    return path.length > 1 ? 'rtmp' : undefined
  const isHttp = scheme.startsWith('http')
  if (/\.flv$/i.test(path))
    return isHttp ? 'flv' : 'wsFlv'
  if (!isHttp)
    return undefined
  if (/\.m3u8$/i.test(path))
    return 'hls'
  if (/\/pullstream$/i.test(path))
    return 'leb'
  return /\/(whip|whep)(?:\/|$)/i.exec(path)?.[1].toLowerCase() as 'whip' | 'whep' | undefined
}
