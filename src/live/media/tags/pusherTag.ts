/**
 * Everything `<live-pusher>` can be told, in one place: its attributes with bounds and units, and the calls of its context.
 * https://developers.weixin.qq.com/miniprogram/dev/component/live-pusher.html and
 * …/api/media/live/LivePusherContext.html. "Since" is the version of WeChat's base library where it is above 2.9.1. docs/LIVE-TAGS.md is made of this file.
 */
import type { TagValues } from './attribute'
import { both, flag, listOf, number, oneOf, text } from './attribute'

export const PUSHER_ATTRIBUTES = {
  /** Where to, rtmp:// only. */
  url: text(),
  /** RTC answers fast and follows the network; the others keep their size. */
  mode: oneOf(['SD', 'HD', 'FHD', 'RTC'], 'RTC'),
  /** Sends as soon as there is an address. */
  autopush: flag(false),
  /** Pictures are drawn by the page, see onCustomRendererEvent. Since 2.29.0. */
  enableVideoCustomRender: flag(false),
  /** Sends silence. */
  muted: both(flag(false)),
  /** Without it sound alone is sent. */
  enableCamera: both(flag(true)),
  /** Focuses by itself, not by a tap. */
  autoFocus: flag(true),
  /** How the picture lies. */
  orientation: both(oneOf(['vertical', 'horizontal'])),
  /** Smoother skin; not on Harmony. */
  beauty: both(number(0, 0, 9)),
  /** Lighter skin. */
  whiteness: both(number(0, 0, 9)),
  /** Width to height, without videoWidth and videoHeight. */
  aspect: both(oneOf(['3:4', '9:16'], '9:16')),
  /** The bit rate moves between this and the next. */
  minBitrate: number(200, 50, 10_000, 'kbit/s'),
  /** Above it the picture grows coarser. */
  maxBitrate: both(number(1000, 50, 10_000, 'kbit/s')),
  /** high is 48 kHz, low 16 kHz. */
  audioQuality: both(oneOf(['high', 'low'])),
  /** What is sent while the app is in the background. */
  waitingImage: text(),
  /** Its MD5. */
  waitingImageHash: text(),
  /** Whether two fingers zoom. */
  zoom: flag(false),
  /** Which camera to begin with. */
  devicePosition: both(oneOf(['front', 'back'])),
  /** Silence in the background; later versions are always silent there. */
  backgroundMute: flag(false),
  /** Preview and picture in one; the next two are finer. */
  mirror: flag(false),
  /** The picture as viewers see it. Since 2.10.0. */
  remoteMirror: both(flag(false)),
  /** The preview; auto mirrors the front camera. Since 2.10.0. */
  localMirror: both(oneOf(['auto', 'enable', 'disable'])),
  /** 0 off, 1 KTV, 2 small room, 3 hall, 4 deep, 5 loud, 6 metallic, 7 magnetic. Since 2.10.0. */
  audioReverbType: oneOf([0, 1, 2, 3, 4, 5, 6, 7]),
  /** Opens the microphone. Since 2.10.0. */
  enableMic: both(flag(true)),
  /** Automatic gain. Since 2.10.0. */
  enableAgc: both(flag(false)),
  /** Noise suppression. Since 2.10.0. */
  enableAns: both(flag(false)),
  /** The documentation says auto; voicecall alone suppresses echo for certain. Since 2.10.0. */
  audioVolumeType: oneOf(['auto', 'media', 'voicecall']),
  /** Of the picture that is sent. Since 2.10.0. */
  videoWidth: both(number(360, 16, 1920, 'px')),
  /** Of the picture that is sent. Since 2.10.0. */
  videoHeight: both(number(640, 16, 1920, 'px')),
  /** How beauty works. Since 2.12.0. */
  beautyStyle: oneOf(['smooth', 'nature']),
  /** A colour filter. Since 2.12.0. */
  filter: both(oneOf(['standard', 'pink', 'nostalgia', 'blues', 'romantic', 'cool', 'fresher', 'solor', 'aestheticism', 'whitening', 'cerisered'])),
  /** When it shrinks to a small window: another page opens, or this one closes. Since 2.25.0. */
  pictureInPictureMode: listOf(['push', 'pop']),
  /** 0 is one's own; 5 does not exist. Since 2.31.0. */
  voiceChangerType: oneOf([0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11]),
  /** Needed by the four below; cannot be changed while the tag lives. Since 2.29.1. */
  customEffect: flag(false),
  /** Lighter skin, by customEffect. Since 2.29.1. */
  skinWhiteness: number(0, 0, 1),
  /** Smoother skin, by customEffect. Since 2.29.1. */
  skinSmoothness: number(0, 0, 1),
  /** A slimmer face, by customEffect. Since 2.29.1. */
  faceThinness: number(0, 0, 1),
  /** Larger eyes, by customEffect. Since 2.29.1. */
  eyeBigness: number(0, 0, 1),
  /** Pictures a second. Since 2.31.0. */
  fps: both(number(15, 1, 30, 'fps')),
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
  /** The lamp beside the camera, on and off. */
  toggleTorch: () => void
  /** Background music; times in ms, `endTimeMs` of later versions only. */
  playBGM: (options: { url: string, startTimeMs?: number, endTimeMs?: number }) => void
  /** Ends the music. */
  stopBGM: () => void
  /** Holds the music. */
  pauseBGM: () => void
  /** The music goes on. */
  resumeBGM: () => void
  /** Of the music, 0 to 1. */
  setBGMVolume: (options: { volume: number }) => void
  /** Of the microphone, 0 to 1. Since 2.10.0. */
  setMICVolume: (options: { volume: number }) => void
  /** Travels with the pictures, as SEI. Since 2.10.0. */
  sendMessage: (options: { msg: string }) => void
  /** Of the camera that runs. Since 2.31.0. */
  getMaxZoom: () => { maxZoom: number }
  /** 1 to maxZoom. Since 2.31.0. */
  setZoom: (options: { zoom: number }) => void
  /** A look of one's own; not in plugins, as all effects. Since 2.14.0. */
  applyFilter: (options: Effect) => void
  /** Pictures upon the face. Since 2.14.0. */
  applySticker: (options: { type: string, stickers: readonly object[] }) => void
  /** Blusher. Since 2.14.0. */
  applyBlusherStickMakeup: (options: Makeup) => void
  /** Eyebrows. Since 2.14.0. */
  applyEyeBrowMakeup: (options: EyeBrow) => void
  /** Eye shadow. Since 2.14.0. */
  applyEyeShadowMakeup: (options: EyeShadow) => void
  /** Contours of the face. Since 2.14.0. */
  applyFaceContourMakeup: (options: Makeup) => void
  /** Lipstick. Since 2.14.0. */
  applyLipStickMakeup: (options: LipStick) => void
  /** Takes the filters off. Since 2.14.0. */
  clearFilters: () => void
  /** Takes the make-up off. Since 2.14.0. */
  clearMakeups: () => void
  /** Takes the stickers off. Since 2.14.0. */
  clearStickers: () => void
  /** Closes the small window. Since 2.25.0. */
  exitPictureInPicture: () => void
  /** Takes the camera's pictures for a page that draws them itself. Since 2.29.0. */
  createOffscreenCanvas: (options: { width: number, height: number }) => unknown
  /** frame: a picture was taken; update: their size has changed. Since 2.29.0. */
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
