/** What MediaPusher and MediaPlayer promise on every platform. Pages import these types and never a platform's own. */
import type { PlayUrls } from '@/shared/protocol/rest'
import type { Call } from '@/src/live/media/tags/call'
import type { PlayerAttribute, PlayerCallName, PlayerCalls, PlayerTag } from '@/src/live/media/tags/playerTag'
import type { PusherAttribute, PusherCallName, PusherCalls, PusherTag } from '@/src/live/media/tags/pusherTag'

export type MediaStatus
  /** Nothing is asked of it. */
  = | 'idle'
    | 'connecting'
    | 'live'
  /** It is reconnecting by itself. */
    | 'interrupted'
  /** It gave up; only start() helps. A `problem` says why. */
    | 'failed'

export type MediaProblemCode
  = | 'CAMERA_DENIED' | 'MICROPHONE_DENIED' | 'NO_CAMERA' | 'NO_MICROPHONE' | 'DEVICE_BUSY' | 'SCREEN_DENIED'
    | 'INSECURE_CONTEXT' // browsers give cameras to https and localhost only
    | 'UNSUPPORTED' // this browser can neither publish nor play what we have
    | 'REFUSED' // the server said no: the URL expired, the room is over
    | 'REPLACED' // the same person publishes this room from another page or device
    | 'STREAM_GONE' // nobody publishes
    | 'NETWORK'
  /** The picture runs without sound until the person taps. */
    | 'AUTOPLAY_BLOCKED'
  /** WeChat gives this mini-program no live tags, or it runs in DevTools, which has none. */
    | 'TAG_UNAVAILABLE'
  /** The server lends no stream to a simulated pusher. */
    | 'NO_SIMULATOR'
  /** The person has not agreed to what WeChat's privacy guide says. */
    | 'PRIVACY_DENIED'

export interface MediaProblem {
  readonly code: MediaProblemCode
  /** WeChat's own number, for diagnostics. */
  readonly nativeCode?: number
}

/** Why less flows than should, or nothing. Rules: docs/SPEC.md, section RC. */
export type MediaTrouble
  /** It flows, and the platform complains of the network. */
  = | { readonly kind: 'weak' }
  /** A try is under way, the platform's own or ours; counted from 1. */
    | { readonly kind: 'reconnecting', readonly attempt: number }
  /** The next try comes at `until` (unix ms), or at once on start(). */
    | { readonly kind: 'waiting', readonly attempt: number, readonly until: number }
  /** The device has no network: the tries rest until it has. */
    | { readonly kind: 'offline' }
  /** A phone call, the system, the background or the person holds it; the first three give it back by themselves. */
    | { readonly kind: 'paused', readonly by: 'call' | 'system' | 'background' | 'person' }
  /** It has tried for a minute. It goes on now and then; a person may do better with a tap on start(). */
    | { readonly kind: 'stuck', readonly attempt: number, readonly until: number }

/** A line for the log that a person can copy; free of secrets, without the queries of addresses. */
export interface MediaDiagnostic {
  /** unix ms */
  readonly at: number
  /** WeChat's number, where it is one. */
  readonly code?: number
  /** No document explains the number; it changed nothing. */
  readonly isUnknown?: boolean
  readonly text: string
}

/** One look at the running media, about once a second. Absent means the platform does not say. */
export interface MediaStatistics {
  readonly at: number
  readonly transport: 'whip' | 'whep' | 'leb' | 'flv' | 'wsFlv' | 'hls' | 'rtmp'
  readonly bitrateKbps: number
  readonly fps: number
  readonly width: number
  readonly height: number
  readonly rttMs?: number
  /** Of packets in the last second, 0 to 100. */
  readonly lossPercent?: number
  /** Players: how far behind the newest data. */
  readonly bufferMs?: number
  /** Publishers: how much of the bitrate that the quality asks for the network lets through, 0 to 100. */
  readonly capacityPercent?: number
  /** How often the platform itself complained of the network since the last look (WeChat). */
  readonly warnings?: number
}

export type NetworkGrade = 'unknown' | 'good' | 'weak' | 'bad'

/**
 * Where the picture comes from. `pattern` needs no device at all: its sound is a soft tone. `none` is audio-only: on
 * the web a still card of a few kbit/s stands in, because players with a buffer per track freeze when one of them stops.
 */
export type PictureSource = 'camera' | 'screen' | 'pattern' | 'none'

/** `guest` is for the small picture of somebody on the mic. */
export type VideoQuality = 'SD' | 'HD' | 'FHD' | 'guest'

export interface PusherProps {
  /** Signed; empty until the room exists, the preview needs none. */
  rtmp: string
  whip: string
  source: PictureSource
  quality: VideoQuality
  facing: 'front' | 'back'
  /** Web: device ids of the person's choice; empty takes the default. */
  cameraId: string
  microphoneId: string
  /** The preview only; viewers see the picture the right way round. */
  isMirrored: boolean
  isMuted: boolean
  /** More of what the tag can do; what this app chooses itself gives way. The web does what `supports` says. */
  attributes?: Partial<Omit<PusherTag, 'url'>>
}

/** Background music began, has come so far, or is over. */
export type BgmNews
  = | { readonly type: 'started' }
    | { readonly type: 'progress', readonly ms: number, readonly durationMs: number }
    | { readonly type: 'completed' }
    | { readonly type: 'failed' }

// A type, not an interface: defineEmits needs the index signature.
// eslint-disable-next-line ts/consistent-type-definitions
export type PusherEmits = {
  status: [status: MediaStatus]
  problem: [problem: MediaProblem]
  statistics: [statistics: MediaStatistics]
  /** The camera or pattern is on screen; the real size of the picture. */
  preview: [size: { width: number, height: number }]
  /** The person stopped sharing the screen, or the camera was unplugged: viewers see the audio-only card until `source` changes. */
  sourceEnded: []
  /** Something was plugged in or out. */
  devices: [devices: MediaDevices]
  /** Null: all is well, or nothing is asked of it. */
  trouble: [trouble: MediaTrouble | null]
  bgm: [news: BgmNews]
  /** How loud the sound is that is sent, 0 to 100. */
  volume: [level: number]
  pictureInPicture: [isOn: boolean]
  diagnostic: [line: MediaDiagnostic]
}

/** What can be chosen on this device. Names are empty until permission is given. */
export interface MediaDevices {
  readonly cameras: readonly { id: string, name: string }[]
  readonly microphones: readonly { id: string, name: string }[]
  readonly canShareScreen: boolean
}

export interface PusherHandle {
  /** Asks for permission if need be and shows the picture; nothing is sent. Never rejects: a refusal comes as `problem`. */
  startPreview: () => Promise<void>
  /** Begins to send to the URL; reconnects by itself until stop(). Called again while reconnecting, it tries at once. */
  start: () => void
  /** Stops sending and releases camera and microphone for certain. May be called twice. */
  stop: () => void
  /** Sends nothing until resume(), and keeps the connection where the platform can. */
  pause: () => void
  resume: () => void
  switchCamera: () => void
  /** A JPEG of the present picture for the room's cover: a Blob on the web, a file path in WeChat. */
  snapshot: () => Promise<{ blob: Blob } | { filePath: string } | undefined>
  listDevices: () => Promise<MediaDevices>
  /** Everything else of the tag's context. Rejects with a MediaCallError; never hangs. */
  call: Call<PusherCalls>
  /** Of this platform; its version may have less, and then the call says so. */
  supports: (name: PusherAttribute | PusherCallName) => boolean
}

export interface PlayerProps {
  /** Undefined while there is nothing to play. While it plays: another stream follows at once, fresh addresses of the same one serve the next try. */
  urls: PlayUrls | undefined
  /** `lowLatency` is for people on the mic; `live` for the audience. Takes effect at once. */
  mode: 'live' | 'lowLatency'
  isMuted: boolean
  /** 0 to 1; the web only. */
  volume: number
  objectFit: 'contain' | 'cover'
  /** More of what the tag can do; what this app chooses itself gives way. The web does what `supports` says. */
  attributes?: Partial<Omit<PlayerTag, 'src'>>
}

// eslint-disable-next-line ts/consistent-type-definitions
export type PlayerEmits = {
  status: [status: MediaStatus]
  problem: [problem: MediaProblem]
  statistics: [statistics: MediaStatistics]
  /** The picture's size, and again when it changes. */
  size: [size: { width: number, height: number }]
  /** Autoplay was refused: it runs muted, and the page offers a tap for sound. */
  autoplayMuted: []
  /** Null: all is well, or nothing is asked of it. */
  trouble: [trouble: MediaTrouble | null]
  fullscreen: [isOn: boolean]
  /** How loud the stream is, 0 to 100. */
  volume: [level: number]
  pictureInPicture: [isOn: boolean]
  /** What casting to a television does, in WeChat's own words. */
  casting: [news: { readonly type: 'selected' | 'changed' | 'interrupted', readonly detail: object }]
  diagnostic: [line: MediaDiagnostic]
}

export interface PlayerHandle {
  /** Plays until stop(): falls back from one way to the next and returns by itself. Called again while waiting, it tries at once. */
  start: () => void
  stop: () => void
  /** Holds the picture until resume(), which goes on with what is newest. */
  pause: () => void
  resume: () => void
  /** From a tap: gives back the sound that autoplay rules took. */
  unmuteByGesture: () => void
  canPictureInPicture: () => boolean
  togglePictureInPicture: () => Promise<void>
  /** On the web with all that lies in the nearest element of class `composed` around it, if there is one. */
  toggleFullscreen: () => Promise<void>
  /** Everything else of the tag's context. Rejects with a MediaCallError; never hangs. */
  call: Call<PlayerCalls>
  /** Of this platform; its version may have less, and then the call says so. */
  supports: (name: PlayerAttribute | PlayerCallName) => boolean
}
