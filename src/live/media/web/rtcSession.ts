/** WHIP (RFC 9725) and WHEP from the browser's side: one POST with the whole offer, one DELETE. */
import type { WayReport } from '../mediaDrive'
import type { Browser } from './browser'
import { listen } from './browser'
import { httpFailure, HttpRefusal } from './problems'

/** ICE often finds its way back from `disconnected`; longer than this nobody wants to wait. */
const DISCONNECTED_MS = 3000

export interface RtcSessionOptions {
  readonly browser: Pick<Browser, 'clock' | 'fetch'>
  readonly url: string
  readonly peer: RTCPeerConnection
  readonly report: WayReport
}

/** Negotiates, watches the connection, and returns what ends both. @param options transceivers are added already */
export function openRtcSession({ browser, url, peer, report }: RtcSessionOptions): () => void {
  let isClosed = false
  let session: string | undefined
  const stopWatching = watch(peer, browser, report)

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
    const response = await browser.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp' },
      body: peer.localDescription!.sdp,
    })
    const location = response.headers.get('location')
    session = location ? new URL(location, new URL(url, globalThis.location?.href)).href : undefined
    if (isClosed)
      return end()
    if (response.status !== 201)
      throw new HttpRefusal(response.status)
    await peer.setRemoteDescription({ type: 'answer', sdp: await response.text() })
  }

  negotiate().catch((error: unknown) => {
    if (!isClosed)
      report.failed(error instanceof HttpRefusal ? httpFailure(error.status) : 'lost')
  })

  return () => {
    isClosed = true
    stopWatching()
    peer.close()
    end()
  }
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
