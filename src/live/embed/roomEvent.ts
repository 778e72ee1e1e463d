/** What the component tells its page, in the words and numbers of the component that it takes the place of. */
import type { MediaProblem, MediaProblemCode } from '../components/media'

export type RoomEventTag
  = | 'created' | 'requestJoinAnchor' | 'linkOn' | 'linkOut' | 'recvTextMsg' | 'roomClosed' | 'error'
  /** Something is wrong that mends itself: told once, and `recovered` with the same code when it is over. Not known to the old component. */
    | 'trouble' | 'recovered'
  /** The anchor offers a seat. Not known to the old component. */
    | 'inviteJoinAnchor'

export interface RoomEventDetail {
  readonly tag: RoomEventTag
  readonly code: number
  /** Words for `error`, `trouble` and `roomClosed`; for others what docs/COMPONENT.md names. */
  readonly detail: unknown
}

/** As a page's handler gets it: `event.detail.tag`. */
export interface RoomEvent {
  readonly type: 'RoomEvent'
  readonly detail: RoomEventDetail
}

export type Tell = (tag: RoomEventTag, code: number, detail?: unknown) => void

export const CODE = {
  ok: 0,
  media: -1,
  camera: -1301,
  microphone: -1302,
  pushLost: -1307,
  playFailed: -2301,
  suspended: 5000,
  createRoom: -9001,
  pushUrl: -9002,
  enterRoom: -9003,
  linkMic: -9004,
  text: -9005,
  roomClosed: -9006,
} as const

/** WeChat's numbers that the old component handed on as they are. */
const HANDED_ON: readonly number[] = [-1301, -1302, -1305, -1306, -1307, -2301, 5000]

const CODES: Partial<Record<MediaProblemCode, number>> = {
  CAMERA_DENIED: CODE.camera,
  NO_CAMERA: CODE.camera,
  DEVICE_BUSY: CODE.camera,
  MICROPHONE_DENIED: CODE.microphone,
  NO_MICROPHONE: CODE.microphone,
  NETWORK: CODE.pushLost,
  REPLACED: CODE.pushLost,
  REFUSED: CODE.pushUrl,
}

/** Of what is sent. */
export function pushCodeOf({ code, nativeCode }: MediaProblem): number {
  return nativeCode !== undefined && HANDED_ON.includes(nativeCode) ? nativeCode : CODES[code] ?? CODE.media
}
