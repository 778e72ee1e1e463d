/** WebRTC playback by WHEP: iPhones, people on the mic, and whoever FLV does not reach. */
import type { PlayWay, PlayWayOptions } from './playWay'
import { listen } from './browser'
import { openRtcSession } from './rtcSession'
import { readRtcReport, rtcStatistics } from './rtcStatistics'

export function openWhep({ browser, video, url, mode, play, report }: PlayWayOptions): PlayWay {
  const peer = browser.createPeer()
  const stream = browser.createStream([])
  let hasPicture = false
  let last = readRtcReport(new Map(), browser.clock.now())

  peer.ontrack = ({ track, receiver }) => {
    if (mode === 'lowLatency')
      Object.assign(receiver, { jitterBufferTarget: 0 })
    stream.addTrack(track)
  }
  peer.addTransceiver('video', { direction: 'recvonly' })
  peer.addTransceiver('audio', { direction: 'recvonly' })
  video.srcObject = stream
  play()
  const stopListening = listen(video, 'loadeddata', () => {
    hasPicture = true
    report.opened()
  })
  const closeSession = openRtcSession({
    browser,
    url,
    peer,
    report: { ...report, opened: () => hasPicture && report.opened() },
  })

  return {
    async look() {
      const now = readRtcReport(await peer.getStats(), browser.clock.now())
      const statistics = rtcStatistics(last, now, 'whep')
      last = now
      return { progress: now.bytes, statistics }
    },
    close() {
      stopListening()
      closeSession()
      video.srcObject = null
    },
  }
}
