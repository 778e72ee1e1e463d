/** WebRTC playback, by WHEP or as Tencent has it: iPhones, people on the mic, and whoever FLV does not reach. */
import type { PlayWay, PlayWayOptions } from './playWay'
import type { Signalling } from './signalling'
import { listen } from './browser'
import { lebSignalling } from './lebSignalling'
import { openRtcSession } from './rtcSession'
import { audioLevel, readRtcReport, rtcStatistics } from './rtcStatistics'
import { whipSignalling } from './whipSignalling'

/** Sound that has come alone for so long has no picture beside it. */
const SOUND_ALONE_MS = 1000

export const openWhep = (options: PlayWayOptions): PlayWay => openRtc(options, 'whep', whipSignalling(options))
export const openLeb = (options: PlayWayOptions): PlayWay => openRtc(options, 'leb', lebSignalling(options))

function openRtc({ browser, video, mode, play, report, note }: PlayWayOptions, transport: 'whep' | 'leb', signalling: Signalling): PlayWay {
  const peer = browser.createPeer()
  const stream = browser.createStream([])
  let isFlowing = false
  const stops: (() => void)[] = []
  let last = readRtcReport(new Map(), browser.clock.now())

  peer.ontrack = ({ track, receiver }) => {
    if (mode === 'lowLatency')
      Object.assign(receiver, { jitterBufferTarget: 0 })
    stream.addTrack(track)
    if (track.kind === 'audio') // its first packet unmutes it
      stops.push(listen(track, 'unmute', () => stops.push(browser.clock.after(SOUND_ALONE_MS, soundAlone))))
  }
  peer.addTransceiver('video', { direction: 'recvonly' })
  peer.addTransceiver('audio', { direction: 'recvonly' })
  show(stream)
  stops.push(listen(video, 'loadeddata', flow))
  const closeSession = openRtcSession({
    browser,
    peer,
    signalling,
    note,
    report: { ...report, opened: () => isFlowing && report.opened() },
  })

  function flow() {
    isFlowing = true
    report.opened()
  }

  /** An element that expects a picture would not even begin with the sound. */
  function soundAlone() {
    if (isFlowing)
      return
    show(browser.createStream(stream.getAudioTracks()))
    for (const track of stream.getVideoTracks())
      stops.push(listen(track, 'unmute', () => show(stream)))
  }

  function show(media: MediaStream) {
    video.srcObject = media
    play()
  }

  return {
    async look() {
      const report = await peer.getStats()
      const now = readRtcReport(report, browser.clock.now())
      const statistics = rtcStatistics(last, now, transport)
      last = now
      return { progress: now.bytes, statistics, level: audioLevel(report) }
    },
    close() {
      stops.forEach(stop => stop())
      closeSession()
      video.srcObject = null
    },
  }
}
