/** One WebRTC connection from the browser's side: an offer and its answer, and a watch over what becomes of it. */
import type { WayReport } from '../recovery/createRecovery'
import type { MediaFailure } from '../recovery/recoveryState'
import type { Browser } from './browser'
import type { Signalling } from './signalling'
import { listen } from './browser'

/** ICE often finds its way back from `disconnected`; longer than this nobody wants to wait. */
const DISCONNECTED_MS = 3000
/** For candidates, where an offer needs them: this machine's own are there at once. */
const GATHERING_MS = 1000

export interface RtcSessionOptions {
  readonly browser: Pick<Browser, 'clock'>
  readonly peer: RTCPeerConnection
  readonly signalling: Signalling
  readonly report: WayReport
  /** Told when the connection stands, where the server names its sessions. */
  readonly onSession?: (id: string) => void
  /** For diagnostics. */
  readonly note?: (text: string) => void
}

/** Negotiates, watches the connection, and returns what ends both. @param options transceivers are added already */
export function openRtcSession({ browser, peer, signalling, report, onSession, note = () => {} }: RtcSessionOptions): () => void {
  let isClosed = false
  let sessionId: string | undefined
  let end: (() => void) | undefined
  let stopListening = () => {}
  const stopNoting = [
    listen(peer, 'iceconnectionstatechange', () => note(`ICE ${peer.iceConnectionState}`)),
    listen(peer, 'connectionstatechange', () => note(`WebRTC ${peer.connectionState}`)),
  ]
  const stopWatching = watch(peer, browser, {
    ...report,
    opened() {
      if (sessionId !== undefined)
        onSession?.(sessionId)
      report.opened()
    },
  })

  function endSession() {
    end?.()
    end = undefined
  }

  async function negotiate() {
    await peer.setLocalDescription(await peer.createOffer())
    if (signalling.needsCandidates)
      await gathered(peer, browser)
    if (isClosed)
      return
    const answer = await signalling.ask(peer.localDescription!.sdp)
    end = answer.end
    if (isClosed)
      return endSession()
    if ('failure' in answer)
      return fail(answer.failure)
    sessionId = answer.sessionId
    await peer.setRemoteDescription({ type: 'answer', sdp: answer.sdp })
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
    endSession()
  }
}

/** All candidates are there, or enough time has passed for those that matter. */
function gathered(peer: RTCPeerConnection, { clock }: Pick<Browser, 'clock'>): Promise<void> {
  return new Promise((resolve) => {
    function look() {
      if (peer.iceGatheringState === 'complete')
        done()
    }
    function done() {
      stopTimer()
      stopListening()
      resolve()
    }
    const stopTimer = clock.after(GATHERING_MS, done)
    const stopListening = listen(peer, 'icegatheringstatechange', look)
    look()
  })
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
