/** WHIP (RFC 9725) and WHEP from the browser's side: one POST with the whole offer, one DELETE. */
import type { WayReport } from '../recovery/createRecovery'
import type { MediaFailure } from '../recovery/recoveryState'
import type { Browser } from './browser'
import { listen } from './browser'
import { sessionFailure } from './problems'

/** ICE often finds its way back from `disconnected`; longer than this nobody wants to wait. */
const DISCONNECTED_MS = 3000

export interface RtcSessionOptions {
  readonly browser: Pick<Browser, 'clock' | 'fetch'>
  readonly url: string
  readonly peer: RTCPeerConnection
  readonly report: WayReport
  /** Publishing: the session that this client had before. The server then tells a return from taking somebody's stream. */
  readonly after?: string
  /** Told when the connection stands. */
  readonly onSession?: (id: string) => void
  /** For diagnostics. */
  readonly note?: (text: string) => void
}

/** Negotiates, watches the connection, and returns what ends both. @param options transceivers are added already */
export function openRtcSession({ browser, url, peer, report, after, onSession, note = () => {} }: RtcSessionOptions): () => void {
  let isClosed = false
  let session: string | undefined
  let stopListening = () => {}
  const stopNoting = [
    listen(peer, 'iceconnectionstatechange', () => note(`ICE ${peer.iceConnectionState}`)),
    listen(peer, 'connectionstatechange', () => note(`WebRTC ${peer.connectionState}`)),
  ]
  const stopWatching = watch(peer, browser, {
    ...report,
    opened() {
      if (session)
        onSession?.(new URL(session).pathname.split('/').at(-1)!)
      report.opened()
    },
  })

  function end() {
    if (session)
      // keepalive: the request outlives the page.
      void browser.fetch(session, { method: 'DELETE', keepalive: true }).catch(() => {})
    session = undefined
  }

  async function negotiate() {
    await peer.setLocalDescription(await peer.createOffer())
    if (isClosed)
      return
    // Without candidates, so without waiting for them: the server does ICE-lite (RFC 8445) and learns ours from our checks.
    const response = await browser.fetch(after === undefined ? url : withParameter(url, 'after', after), {
      method: 'POST',
      headers: { 'content-type': 'application/sdp' },
      body: peer.localDescription!.sdp,
    })
    const location = response.headers.get('location')
    note(`HTTP ${response.status}`)
    session = location ? new URL(location, new URL(url, globalThis.location?.href)).href : undefined
    if (isClosed)
      return end()
    if (response.status !== 201)
      return fail(await sessionFailure(response))
    await peer.setRemoteDescription({ type: 'answer', sdp: await response.text() })
    if (!isClosed)
      stopListening = onGoodbye(peer, () => report.failed('lost'))
  }

  function fail(failure: MediaFailure) {
    if (!isClosed)
      report.failed(failure)
  }

  negotiate().catch(() => fail('lost'))

  return () => {
    isClosed = true
    stopNoting.forEach(stop => stop())
    stopWatching()
    stopListening()
    peer.close()
    end()
  }
}

/** The rest of the URL stays as it was signed. */
function withParameter(url: string, name: string, value: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`
}

/** The server's close_notify (RFC 5246, 7.2.1). The connection's own state follows only when packets have stayed away for seconds. */
function onGoodbye(peer: RTCPeerConnection, act: () => void): () => void {
  const transport = peer.getTransceivers()[0]?.sender.transport
  return transport ? listen(transport, 'statechange', () => transport.state === 'closed' && act()) : () => {}
}

function watch(peer: RTCPeerConnection, { clock }: Pick<Browser, 'clock'>, report: WayReport): () => void {
  let stopTimer: (() => void) | undefined
  const stopListening = listen(peer, 'connectionstatechange', () => {
    stopTimer?.()
    stopTimer = undefined
    switch (peer.connectionState) {
      case 'connected':
        report.opened()
        break
      case 'disconnected':
        report.wavered()
        stopTimer = clock.after(DISCONNECTED_MS, () => report.failed('lost'))
        break
      case 'failed':
      case 'closed':
        report.failed('lost')
    }
  })
  return () => {
    stopTimer?.()
    stopListening()
  }
}
