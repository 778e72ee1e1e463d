/** What MediaPusher and MediaPlayer promise on every platform. Pages import these types and never a platform's own. */
import type { PlayUrls } from '@/shared/protocol/rest'

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

export interface MediaProblem {
  readonly code: MediaProblemCode
  /** WeChat's own number, for diagnostics. */
  readonly nativeCode?: number
}

/** One look at the running media, about once a second. Absent means the platform does not say. */
export interface MediaStatistics {
  readonly at: number
  readonly transport: 'whip' | 'whep' | 'flv' | 'wsFlv' | 'hls' | 'rtmp'
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
}

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
  /** WeChat sent a number that no document explains; for diagnostics only. */
  unknownCode: [code: number]
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
  switchCamera: () => void
  /** A JPEG of the present picture for the room's cover: a Blob on the web, a file path in WeChat. */
  snapshot: () => Promise<{ blob: Blob } | { filePath: string } | undefined>
  listDevices: () => Promise<MediaDevices>
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
  /** WeChat sent a number that no document explains; for diagnostics only. */
  unknownCode: [code: number]
}

export interface PlayerHandle {
  /** Plays until stop(): falls back from one way to the next and returns by itself. Called again while waiting, it tries at once. */
  start: () => void
  stop: () => void
  /** From a tap: gives back the sound that autoplay rules took. */
  unmuteByGesture: () => void
  canPictureInPicture: () => boolean
  togglePictureInPicture: () => Promise<void>
  /** On the web with all that lies in the nearest element of class `composed` around it, if there is one. */
  toggleFullscreen: () => Promise<void>
}
