/**
 * Everything `<live-player>` can be told. https://developers.weixin.qq.com/miniprogram/dev/component/live-player.html and
 * …/api/media/live/LivePlayerContext.html. `since` is the version of WeChat's base library where it is above 2.9.1.
 */
import type { TagValues } from './attribute'
import { both, flag, listOf, number, oneOf, text } from './attribute'

export const PLAYER_ATTRIBUTES = {
  /** FLV or RTMP. */
  src: text(),
  mode: both(oneOf(['live', 'RTC'])),
  autoplay: flag(false),
  muted: both(flag(false)),
  orientation: both(oneOf(['vertical', 'horizontal'])),
  objectFit: both(oneOf(['contain', 'fillCrop'])),
  backgroundMute: flag(false),
  /** RTC: 0.1 to 0.2 is advised */
  minCache: number(1, 0.1, 30, 's'),
  /** RTC: 0.3 to 0.8 is advised */
  maxCache: number(3, 0.1, 60, 's'),
  soundMode: oneOf(['speaker', 'ear']),
  autoPauseIfNavigate: flag(true),
  autoPauseIfOpenNative: flag(true),
  /** since 2.10.3 */
  pictureInPictureMode: listOf(['push', 'pop']),
  /** since 3.3.0: "(left|right, y%)" */
  pictureInPictureInitPosition: text(),
  /** since 2.11.0 */
  enableAutoRotation: flag(false),
  /** since 2.13.0 */
  referrerPolicy: oneOf(['no-referrer', 'origin']),
  /** since 2.32.0 */
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
  /** Degrees; 0 is upright */
  requestFullScreen: (options: { direction: 0 | 90 | -90 }) => void
  exitFullScreen: () => void
  /** since 2.11.0 */
  exitPictureInPicture: () => void
  /** `tempImagePath` is a file in WeChat and a blob: address on the web. */
  snapshot: (options: { quality?: 'raw' | 'compressed', sourceType?: 'stream' | 'view' }) => { tempImagePath: string, width: number, height: number }
  /** since 2.14.3, as the next */
  requestBackgroundPlayback: () => void
  exitBackgroundPlayback: () => void
  /** since 2.32.0, as the next three; each must follow a tap */
  startCasting: () => void
  switchCasting: () => void
  reconnectCasting: () => void
  exitCasting: () => void
}
export type PlayerCallName = keyof PlayerCalls

export const PLAYER_CALLS_ON_WEB: readonly PlayerCallName[] = ['mute', 'requestFullScreen', 'exitFullScreen', 'exitPictureInPicture', 'snapshot']
