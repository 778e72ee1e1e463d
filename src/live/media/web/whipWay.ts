/** Publishing by WHIP: H.264 and Opus, both senders from the first moment, so that every later change is a replaceTrack. */
import type { WayReport } from '../recovery/createRecovery'
import type { Browser } from './browser'
import type { MediaStatistics } from '@/src/live/components/media'
import { openRtcSession } from './rtcSession'
import { audioLevel, readRtcReport, rtcStatistics } from './rtcStatistics'
import { whipSignalling } from './whipSignalling'

export interface WhipOptions {
  readonly browser: Browser
  readonly url: string
  readonly picture: MediaStreamTrack
  readonly sound: MediaStreamTrack
  readonly maxKbps: number
  /** Undefined leaves it to the browser. */
  readonly audioKbps?: number
  readonly report: WayReport
  readonly after?: string
  readonly onSession: (id: string) => void
  readonly note: (text: string) => void
}

export interface WhipPublication {
  replacePicture: (track: MediaStreamTrack) => void
  replaceSound: (track: MediaStreamTrack) => void
  setMaxKbps: (maxKbps: number, audioKbps?: number) => void
  readStatistics: () => Promise<MediaStatistics>
  /** How loud the sound is that is sent, 0 to 100. */
  readLevel: () => Promise<number>
  close: () => void
}

export function openWhip({ browser, url, picture, sound, maxKbps, audioKbps, report, after, onSession, note }: WhipOptions): WhipPublication | undefined {
  const codecs = h264Of(browser.sendableVideoCodecs())
  if (codecs.length === 0) {
    report.failed('unsupported')
    return undefined
  }
  const peer = browser.createPeer()
  const stream = browser.createStream([picture, sound]) // one stream: the server keeps its tracks in step
  const video = peer.addTransceiver(picture, { direction: 'sendonly', streams: [stream], sendEncodings: [{ maxBitrate: maxKbps * 1000 }] })
  const audio = peer.addTransceiver(sound, { direction: 'sendonly', streams: [stream] })
  video.setCodecPreferences(codecs) // else Chrome sends VP8, which no FLV player knows
  limit(video.sender, maxKbps)
  limit(audio.sender, audioKbps)
  const close = openRtcSession({
    browser,
    peer,
    signalling: whipSignalling({ browser, url, after, note }),
    onSession,
    note,
    // To a publisher "not found" means that the name is wrong, and will be.
    report: { ...report, failed: failure => report.failed(failure === 'gone' ? 'refused' : failure) },
  })
  let last = readRtcReport(new Map(), browser.clock.now())

  return {
    replacePicture: track => void video.sender.replaceTrack(track).catch(() => {}), // the connection closed meanwhile
    replaceSound: track => void audio.sender.replaceTrack(track).catch(() => {}),
    setMaxKbps(next, nextAudio) {
      maxKbps = next
      limit(video.sender, next)
      limit(audio.sender, nextAudio)
    },
    readLevel: async () => audioLevel(await audio.sender.getStats()),
    async readStatistics() {
      const now = readRtcReport(await peer.getStats(), browser.clock.now())
      const statistics = rtcStatistics(last, now, 'whip', maxKbps)
      last = now
      return statistics
    },
    close,
  }
}

/** A changed picture size means a new SPS for every player: drop frames instead. */
function limit(sender: RTCRtpSender, maxKbps: number | undefined) {
  const parameters = sender.getParameters() as RTCRtpSendParameters & { degradationPreference?: string }
  for (const encoding of parameters.encodings) {
    delete encoding.maxBitrate
    if (maxKbps)
      encoding.maxBitrate = maxKbps * 1000
  }
  parameters.degradationPreference = 'maintain-resolution'
  void sender.setParameters(parameters).catch(() => {}) // the connection closed meanwhile
}

/** Packetization mode 1, baseline first: every player and every WeChat decodes it. */
export function h264Of(codecs: readonly RTCRtpCodec[]): RTCRtpCodec[] {
  const isBaseline = ({ sdpFmtpLine = '' }: RTCRtpCodec) => /profile-level-id=42/i.test(sdpFmtpLine)
  const usable = codecs.filter(({ mimeType, sdpFmtpLine = '' }) => /h264/i.test(mimeType) && /packetization-mode=1/.test(sdpFmtpLine))
  return [...usable.filter(isBaseline), ...usable.filter(codec => !isBaseline(codec))]
}
