/** HTTP-FLV and WS-FLV through MediaSource by mpegts.js. */
import type { MediaFailure } from '../recovery/recoveryState'
import type { MpegtsModule } from './browser'
import type { PlayWay, PlayWayOptions } from './playWay'
import { listen } from './browser'
import { behindEdgeMs, jumpToEdge } from './liveEdge'
import { keepPicturesInOrder } from './orderlyPictures'
import { createFrameCounter } from './playWay'
import { httpFailure } from './problems'
import { createWsLoader } from './wsLoader'

/** Seconds. Runs 0.4 s behind the newest data and plays a little faster when it has fallen further back. */
const CONFIG = {
  enableStashBuffer: false,
  liveSync: true,
  liveSyncMaxLatency: 0.8,
  liveSyncTargetLatency: 0.4,
  liveSyncPlaybackRate: 1.2,
  autoCleanupSourceBuffer: true,
}
/** Over WebSocket `canplay` comes before the rest of the backlog: jump once more. */
const SECOND_JUMP_MS = 500

export function openFlv(transport: 'flv' | 'wsFlv', { browser, video, url, play, report, note }: PlayWayOptions): PlayWay {
  let player: ReturnType<MpegtsModule['createPlayer']> | undefined
  let isClosed = false
  let kilobytesPerSecond = 0
  const countFps = createFrameCounter(video, browser.clock.now)
  const stops: (() => void)[] = []

  browser.loadMpegts().then((mpegts) => {
    if (isClosed)
      return
    if (!mpegts.getFeatureList().mseLivePlayback)
      return report.failed('unsupported')
    mpegts.LoggingControl.enableAll = false
    player = mpegts.createPlayer({ type: 'flv', isLive: true, cors: true, url }, transport === 'wsFlv' ? { ...CONFIG, customLoader: createWsLoader(mpegts) } : CONFIG)
    player.on(mpegts.Events.ERROR, (type: string, detail: string, info?: { code?: number }) => {
      note(`${transport}: ${type} ${detail} ${info?.code ?? ''}`.trimEnd())
      report.failed(flvFailure(mpegts, type, detail, info))
    })
    player.on(mpegts.Events.LOADING_COMPLETE, () => report.failed('lost')) // a live stream has no end of its own
    player.on(mpegts.Events.MEDIA_INFO, () => player && keepPicturesInOrder(player))
    player.on(mpegts.Events.STATISTICS_INFO, ({ speed }: { speed?: number }) => kilobytesPerSecond = speed ?? 0)
    stops.push(
      listen(video, 'loadeddata', () => {
        if (video.paused) // attaching the source may have ended the first play()
          play()
        report.opened()
      }),
      listen(video, 'canplay', () => jumpTwice()),
      listen(video, 'play', () => jumpToEdge(video)),
      browser.onPageVisible(() => jumpToEdge(video)),
    )
    player.attachMediaElement(video)
    player.load()
    play()
  }, () => report.failed('lost'))

  let hasJumped = false
  function jumpTwice() {
    if (hasJumped)
      return
    hasJumped = true
    jumpToEdge(video)
    stops.push(browser.clock.after(SECOND_JUMP_MS, () => jumpToEdge(video)))
  }

  return {
    async look() {
      return {
        progress: video.currentTime,
        statistics: {
          at: browser.clock.now(),
          transport,
          bitrateKbps: Math.round(kilobytesPerSecond * 8),
          fps: countFps(),
          width: video.videoWidth,
          height: video.videoHeight,
          bufferMs: behindEdgeMs(video),
        },
      }
    },
    close() {
      isClosed = true
      stops.forEach(stop => stop())
      player?.destroy()
      player = undefined
    },
  }
}

function flvFailure({ ErrorTypes, ErrorDetails }: MpegtsModule, type: string, detail: string, info?: { code?: number }): MediaFailure {
  if (detail === ErrorDetails.NETWORK_STATUS_CODE_INVALID)
    return httpFailure(info?.code ?? 0)
  return type === ErrorTypes.MEDIA_ERROR && detail !== ErrorDetails.MEDIA_MSE_ERROR ? 'unsupported' : 'lost'
}
