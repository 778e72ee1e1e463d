/** The events of the native tags and what MediaPusher and MediaPlayer tell of them, for docs/LIVE-TAGS.md. */
import type { PlayerEmits, PusherEmits } from '../../src/live/components/media'
import type { createPlayerEvents, createPusherEvents } from '../../src/live/media/native/nativeEvents'

export interface EventRow<Emit extends string = string> {
  readonly tells: readonly Emit[]
  readonly about: string
  /** Version of the base library. */
  readonly since?: string
}
type Rows<Native, Emits> = Readonly<Record<keyof Native & string, EventRow<keyof Emits & string>>>

export const PUSHER_EVENTS: Rows<ReturnType<typeof createPusherEvents>, PusherEmits> = {
  statechange: { tells: ['status', 'trouble', 'problem', 'diagnostic'], about: 'a number, see below; on the web what WebRTC says' },
  error: { tells: ['problem', 'bgm', 'diagnostic'], about: 'a number, see below' },
  netstatus: { tells: ['statistics', 'trouble'], about: 'about once a second: bit rate in kbit/s, frames a second, size in pixels' },
  bgmstart: { tells: ['bgm'], about: 'the music began' },
  bgmprogress: { tells: ['bgm'], about: 'how far it is, and its length, in ms' },
  bgmcomplete: { tells: ['bgm'], about: 'it is over' },
  audiovolumenotify: { tells: ['volume'], about: 'how loud the sound is that is sent, 0 to 100', since: '2.12.0' },
  enterpictureinpicture: { tells: ['pictureInPicture'], about: 'in a small window now', since: '2.25.0' },
  leavepictureinpicture: { tells: ['pictureInPicture'], about: 'and back', since: '2.25.0' },
}

export const PLAYER_EVENTS: Rows<ReturnType<typeof createPlayerEvents>, PlayerEmits> = {
  statechange: { tells: ['status', 'trouble', 'problem', 'diagnostic'], about: 'a number, see below; on the web what the player says' },
  error: { tells: ['diagnostic'], about: 'in samples, in no document' },
  netstatus: { tells: ['statistics', 'size', 'trouble'], about: 'about once a second: bit rate in kbit/s, frames a second, size in pixels, ms of buffer' },
  fullscreenchange: { tells: ['fullscreen'], about: 'into fullscreen, and out of it' },
  audiovolumenotify: { tells: ['volume'], about: 'how loud the stream is, 0 to 100', since: '2.10.0' },
  enterpictureinpicture: { tells: ['pictureInPicture'], about: 'in a small window now', since: '2.11.0' },
  leavepictureinpicture: { tells: ['pictureInPicture'], about: 'and back', since: '2.11.0' },
  castinguserselect: { tells: ['casting'], about: 'a television was chosen; not on the web, as the next two', since: '2.32.0' },
  castingstatechange: { tells: ['casting'], about: 'it plays there, or does not', since: '2.32.0' },
  castinginterrupt: { tells: ['casting'], about: 'it no longer plays there', since: '2.32.0' },
}
