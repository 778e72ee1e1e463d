/**
 * Everything `<live-pusher>` can be told, in one place: its attributes with bounds and units, and the calls of its context.
 * https://developers.weixin.qq.com/miniprogram/dev/component/live-pusher.html and
 * …/api/media/live/LivePusherContext.html. `since` is the version of WeChat's base library where it is above 2.9.1.
 */
import type { TagValues } from './attribute'
import { both, flag, listOf, number, oneOf, text } from './attribute'

export const PUSHER_ATTRIBUTES = {
  /** rtmp:// only */
  url: text(),
  mode: oneOf(['SD', 'HD', 'FHD', 'RTC'], 'RTC'),
  autopush: flag(false),
  /** since 2.29.0 */
  enableVideoCustomRender: flag(false),
  muted: both(flag(false)),
  enableCamera: both(flag(true)),
  autoFocus: flag(true),
  orientation: both(oneOf(['vertical', 'horizontal'])),
  /** Smoother skin; not on Harmony. */
  beauty: both(number(0, 0, 9)),
  whiteness: both(number(0, 0, 9)),
  aspect: both(oneOf(['3:4', '9:16'], '9:16')),
  minBitrate: number(200, 50, 10_000, 'kbit/s'),
  maxBitrate: both(number(1000, 50, 10_000, 'kbit/s')),
  /** high is 48 kHz, low 16 kHz */
  audioQuality: both(oneOf(['high', 'low'])),
  /** What is sent while the app is in the background. */
  waitingImage: text(),
  /** Its MD5. */
  waitingImageHash: text(),
  /** Whether two fingers zoom. */
  zoom: flag(false),
  devicePosition: both(oneOf(['front', 'back'])),
  backgroundMute: flag(false),
  mirror: flag(false),
  /** The picture as viewers see it. */
  remoteMirror: both(flag(false)),
  localMirror: both(oneOf(['auto', 'enable', 'disable'])),
  /** 0 off, 1 KTV, 2 small room, 3 hall, 4 deep, 5 loud, 6 metallic, 7 magnetic */
  audioReverbType: oneOf([0, 1, 2, 3, 4, 5, 6, 7]),
  enableMic: both(flag(true)),
  /** Automatic gain. */
  enableAgc: both(flag(false)),
  /** Noise suppression. */
  enableAns: both(flag(false)),
  /** The documentation says auto; voicecall alone suppresses echo for certain. */
  audioVolumeType: oneOf(['auto', 'media', 'voicecall']),
  videoWidth: both(number(360, 16, 1920, 'px')),
  videoHeight: both(number(640, 16, 1920, 'px')),
  /** since 2.12.0, as filter */
  beautyStyle: oneOf(['smooth', 'nature']),
  filter: both(oneOf(['standard', 'pink', 'nostalgia', 'blues', 'romantic', 'cool', 'fresher', 'solor', 'aestheticism', 'whitening', 'cerisered'])),
  /** since 2.25.0 */
  pictureInPictureMode: listOf(['push', 'pop']),
  /** since 2.31.0; 5 does not exist */
  voiceChangerType: oneOf([0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11]),
  /** since 2.29.1; cannot be changed while the tag lives. The next four need it. */
  customEffect: flag(false),
  skinWhiteness: number(0, 0, 1),
  skinSmoothness: number(0, 0, 1),
  faceThinness: number(0, 0, 1),
  eyeBigness: number(0, 0, 1),
  /** since 2.31.0 */
  fps: both(number(15, 1, 30, '1/s')),
  /** Not documented: draws the tag's own figures over the picture. */
  debug: flag(false),
}

export type PusherTag = TagValues<typeof PUSHER_ATTRIBUTES>
export type PusherAttribute = keyof PusherTag

/** A picture or filter of WeChat's effects: a path in the package or on the phone, with its MD5; `alpha` from 0 to 1. */
interface Effect { readonly path: string, readonly alpha?: number, readonly md5?: string }
interface Makeup extends Effect { readonly blendMode?: string }
interface EyeBrow extends Makeup { readonly shrinkRate?: number }
interface EyeShadow extends Makeup { readonly shimmerPosition?: string, readonly shimmerPositionMD5?: string }
interface LipStick extends Makeup { readonly faceModel?: string, readonly shimmerPath?: string, readonly shimmerType?: string }

/** The context's calls besides those that PusherHandle has under its own names. Each may answer later. */
export interface PusherCalls {
  toggleTorch: () => void
  /** `url` of the music; times in ms, `endTimeMs` since 2.31.0. */
  playBGM: (options: { url: string, startTimeMs?: number, endTimeMs?: number }) => void
  stopBGM: () => void
  pauseBGM: () => void
  resumeBGM: () => void
  /** 0 to 1 */
  setBGMVolume: (options: { volume: number }) => void
  /** 0 to 1 */
  setMICVolume: (options: { volume: number }) => void
  /** As SEI in the stream. */
  sendMessage: (options: { msg: string }) => void
  /** since 2.31.0, as setZoom */
  getMaxZoom: () => { maxZoom: number }
  /** 1 to maxZoom */
  setZoom: (options: { zoom: number }) => void
  /** since 2.14.0, as all that follow; not in plugins */
  applyFilter: (options: Effect) => void
  applySticker: (options: { type: string, stickers: readonly object[] }) => void
  applyBlusherStickMakeup: (options: Makeup) => void
  applyEyeBrowMakeup: (options: EyeBrow) => void
  applyEyeShadowMakeup: (options: EyeShadow) => void
  applyFaceContourMakeup: (options: Makeup) => void
  applyLipStickMakeup: (options: LipStick) => void
  clearFilters: () => void
  clearMakeups: () => void
  clearStickers: () => void
  /** since 2.25.0 */
  exitPictureInPicture: () => void
  /** since 2.29.0, as the next; answers at once */
  createOffscreenCanvas: (options: { width: number, height: number }) => unknown
  onCustomRendererEvent: (options: { event: 'frame' | 'update', listener: (frame: unknown) => void }) => void
}
export type PusherCallName = keyof PusherCalls

export const PUSHER_CALLS_ON_WEB: readonly PusherCallName[] = [
  'toggleTorch',
  'playBGM',
  'stopBGM',
  'pauseBGM',
  'resumeBGM',
  'setBGMVolume',
  'setMICVolume',
  'getMaxZoom',
  'setZoom',
  'exitPictureInPicture',
]
