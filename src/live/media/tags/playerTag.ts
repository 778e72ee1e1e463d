/**
 * Everything `<live-player>` can be told. https://developers.weixin.qq.com/miniprogram/dev/component/live-player.html and
 * …/api/media/live/LivePlayerContext.html. "Since" is the version of WeChat's base library where it is above 2.9.1. docs/LIVE-TAGS.md is made of this file.
 */
import type { TagValues } from './attribute'
import { both, flag, listOf, number, oneOf, text } from './attribute'

export const PLAYER_ATTRIBUTES = {
  /** FLV or RTMP. */
  src: text(),
  /** live plays through, RTC runs close to the present. */
  mode: both(oneOf(['live', 'RTC'])),
  /** Plays as soon as there is an address. */
  autoplay: flag(false),
  /** Plays without sound. */
  muted: both(flag(false)),
  /** How the picture lies. */
  orientation: both(oneOf(['vertical', 'horizontal'])),
  /** All of the picture, or all of the tag filled. */
  objectFit: both(oneOf(['contain', 'fillCrop'])),
  /** Silence in the background; later versions are always silent there. */
  backgroundMute: flag(false),
  /** How little may wait to be played; in RTC 0.1 to 0.2 is advised. */
  minCache: number(1, 0.1, 30, 's'),
  /** And how much; in RTC 0.3 to 0.8 is advised. */
  maxCache: number(3, 0.1, 60, 's'),
  /** The loudspeaker, or at the ear. */
  soundMode: oneOf(['speaker', 'ear']),
  /** Pauses when another page opens. */
  autoPauseIfNavigate: flag(true),
  /** Pauses when a page of WeChat itself opens. */
  autoPauseIfOpenNative: flag(true),
  /** When it shrinks to a small window: another page opens, or this one closes. Since 2.10.3. */
  pictureInPictureMode: listOf(['push', 'pop']),
  /** Of the small window: "(left|right, y%)". Since 3.3.0. */
  pictureInPictureInitPosition: text(),
  /** Follows the phone into fullscreen. Since 2.11.0. */
  enableAutoRotation: flag(false),
  /** What the server is told of the mini-program. Since 2.13.0. */
  referrerPolicy: oneOf(['no-referrer', 'origin']),
  /** Offers to play on a television. Since 2.32.0. */
  enableCasting: flag(false),
  /** Not documented: draws the tag's own figures over the picture. */
  debug: flag(false),
}

export type PlayerTag = TagValues<typeof PLAYER_ATTRIBUTES>
export type PlayerAttribute = keyof PlayerTag

/** The context's calls besides those that PlayerHandle has under its own names. Each may answer later. */
export interface PlayerCalls {
  /** Mutes, or gives the sound back. */
  mute: () => void
  /** Degrees; 0 is upright. */
  requestFullScreen: (options: { direction: 0 | 90 | -90 }) => void
  /** Back to its place. */
  exitFullScreen: () => void
  /** Closes the small window. Since 2.11.0. */
  exitPictureInPicture: () => void
  /** `tempImagePath` is a file in WeChat and a blob: address on the web. */
  snapshot: (options: { quality?: 'raw' | 'compressed', sourceType?: 'stream' | 'view' }) => { tempImagePath: string, width: number, height: number }
  /** The sound goes on in the background. Since 2.14.3. */
  requestBackgroundPlayback: () => void
  /** And no longer. Since 2.14.3. */
  exitBackgroundPlayback: () => void
  /** Looks for televisions; must follow a tap, as the next three. Since 2.32.0. */
  startCasting: () => void
  /** To another television. Since 2.32.0. */
  switchCasting: () => void
  /** To the last one again. Since 2.32.0. */
  reconnectCasting: () => void
  /** Back to the phone. Since 2.32.0. */
  exitCasting: () => void
}
export type PlayerCallName = keyof PlayerCalls

export const PLAYER_CALLS_ON_WEB: readonly PlayerCallName[] = ['mute', 'requestFullScreen', 'exitFullScreen', 'exitPictureInPicture', 'snapshot']
