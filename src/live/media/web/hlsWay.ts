/** HLS where the browser plays it by itself (Apple): seconds late, but it always plays. */
import type { PlayWay, PlayWayOptions } from './playWay'
import { listen } from './browser'
import { behindEdgeMs } from './liveEdge'
import { createFrameCounter } from './playWay'

export function openHls({ browser, video, url, play, report }: PlayWayOptions): PlayWay {
  const countFps = createFrameCounter(video, browser.clock.now)
  const stops = [
    listen(video, 'loadeddata', report.opened),
    listen(video, 'error', () => report.failed('lost')),
    listen(video, 'ended', () => report.failed('lost')),
  ]
  video.src = url
  play()

  return {
    async look() {
      const { currentTime, videoWidth, videoHeight } = video
      return {
        progress: currentTime,
        // The browser does not tell how many bytes it fetched.
        statistics: { at: browser.clock.now(), transport: 'hls', bitrateKbps: 0, fps: countFps(), width: videoWidth, height: videoHeight, bufferMs: behindEdgeMs(video) },
      }
    },
    close() {
      stops.forEach(stop => stop())
      video.removeAttribute('src')
      video.load()
    },
  }
}
