/** WHIP (RFC 9725) and WHEP: one POST with the offer, one DELETE. */
import type { Browser } from './browser'
import type { Signalling } from './signalling'
import { sessionFailure } from './problems'

export interface WhipSignallingOptions {
  readonly browser: Pick<Browser, 'fetch'>
  readonly url: string
  /** Publishing: the session that this client had before. Our server then tells a return from taking somebody's stream. */
  readonly after?: string
  readonly note: (text: string) => void
}

export function whipSignalling({ browser, url, after, note }: WhipSignallingOptions): Signalling {
  const isTencent = namesStream(url)
  const target = after === undefined || isTencent ? url : withParameter(url, 'after', after)
  return {
    // Our server does ICE-lite (RFC 8445) and learns our candidates from our checks; of Tencent's nothing is known.
    needsCandidates: isTencent,
    async ask(offer) {
      const response = await browser.fetch(target, { method: 'POST', headers: { 'content-type': 'application/sdp' }, body: offer })
      const location = response.headers.get('location')
      note(`HTTP ${response.status}`)
      const session = location ? new URL(location, new URL(url, globalThis.location?.href)) : undefined
      // keepalive: the request outlives the page.
      const end = () => session && void browser.fetch(session.href, { method: 'DELETE', keepalive: true }).catch(() => {})
      if (response.status !== 201)
        return { failure: await sessionFailure(response), end }
      try {
        return { sdp: await response.text(), sessionId: session?.pathname.split('/').at(-1), end }
      }
      catch {
        return { failure: 'lost', end }
      }
    },
  }
}

/** Tencent has one address for everybody's streams, and takes no parameter but this (267/57042). */
const namesStream = (url: string): boolean => /[?&]streamurl=/.test(url)

/** The rest of the URL stays as it was signed. */
function withParameter(url: string, name: string, value: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`
}
