/** The web engines on a bare page, for a test to drive: bundled by labServer.ts, no framework and no app around them. */
import type { PlayUrls } from '@/shared/protocol/rest'
import type { PlayerProps } from '@/src/live/components/media'
import type { CaptureSettings } from '@/src/live/media/web/devices'
import { createBrowser } from '@/src/live/media/web/browser'
import { createVideo } from '@/src/live/media/web/videoElement'
import { createWebPlayer } from '@/src/live/media/web/webPlayer'
import { createWebPusher } from '@/src/live/media/web/webPusher'

export interface LabEvent { readonly name: string, readonly detail: any, readonly at: number }
export interface LabTask {
  readonly publish?: { whip: string, settings?: Partial<CaptureSettings> }
  readonly watch?: { urls: PlayUrls, mode?: PlayerProps['mode'] }
}

const events: LabEvent[] = []
const note = (name: string) => (detail?: unknown) => void events.push({ name, detail, at: performance.now() })
const browser = createBrowser({
  random: Math.random,
  clock: {
    now: () => Date.now(),
    after(ms, action) {
      const timer = setTimeout(action, ms)
      return () => clearTimeout(timer)
    },
    every(ms, action) {
      const timer = setInterval(action, ms)
      return () => clearInterval(timer)
    },
  },
})
const video = createVideo()
video.style.width = '270px'
video.style.height = '480px'
document.body.append(video)

function publish({ whip, settings }: NonNullable<LabTask['publish']>) {
  video.muted = true
  const pusher = createWebPusher({
    browser,
    preview: video,
    settings: { source: 'pattern', quality: 'HD', facing: 'front', cameraId: '', microphoneId: '', ...settings },
    onStatus: note('status'),
    onProblem: note('problem'),
    onStatistics: note('statistics'),
    onPreview: note('preview'),
    onSourceEnded: note('sourceEnded'),
    onDevices: note('devices'),
    onTrouble: note('trouble'),
    onBgm: note('bgm'),
    onVolume: note('volume'),
    onPictureInPicture: note('pictureInPicture'),
    onDiagnostic: note('diagnostic'),
  })
  pusher.setUrl(whip)
  Object.assign(window.lab, { pusher })
  void pusher.start()
}

function watch({ urls, mode = 'live' }: NonNullable<LabTask['watch']>) {
  const player = createWebPlayer({
    browser,
    video,
    onStatus: note('status'),
    onProblem: note('problem'),
    onStatistics: note('statistics'),
    onSize: note('size'),
    onAutoplayMuted: note('autoplayMuted'),
    onTrouble: note('trouble'),
    onVolume: note('volume'),
    onPictureInPicture: note('pictureInPicture'),
    onFullscreen: note('fullscreen'),
    onDiagnostic: note('diagnostic'),
  })
  player.select({ urls, mode })
  Object.assign(window.lab, { player })
  note('tap')()
  player.start()
}

/** A player of its own beside what the task asked for, as each tile of a stage has. */
function watchBeside(urls: PlayUrls, mode: PlayerProps['mode']) {
  const tile = createVideo()
  document.body.append(tile)
  const statuses: string[] = []
  const ways = new Set<string>()
  const player = createWebPlayer({
    browser,
    video: tile,
    onStatus: status => statuses.push(status),
    onProblem: note('problem'),
    onStatistics: ({ transport }) => ways.add(transport),
    onSize: () => {},
    onAutoplayMuted: () => {},
    onTrouble: () => {},
    onVolume: () => {},
    onPictureInPicture: () => {},
    onFullscreen: () => {},
    onDiagnostic: () => {},
  })
  player.select({ urls, mode })
  player.start()
  window.lab.tiles.push({ player, statuses, ways })
}

declare global {
  interface Window {
    lab: {
      events: LabEvent[]
      video: HTMLVideoElement
      pusher?: ReturnType<typeof createWebPusher>
      player?: ReturnType<typeof createWebPlayer>
      /** What `watchBeside` has started. */
      tiles: { player: ReturnType<typeof createWebPlayer>, statuses: string[], ways: Set<string> }[]
      watchBeside: typeof watchBeside
    }
  }
}
window.lab = { events, video, tiles: [], watchBeside }
const task = JSON.parse(decodeURIComponent(location.hash.slice(1)) || '{}') as LabTask
// The app fetches the player while it fetches the room.
void browser.loadMpegts().then(() => {
  if (task.publish)
    publish(task.publish)
  if (task.watch)
    watch(task.watch)
})
