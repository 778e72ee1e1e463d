/** Which options the calls of a tag's context take. One check for both platforms. */
import type { PlayerCallName } from './playerTag'
import type { PusherCallName } from './pusherTag'
import { MediaCallError } from './call'

type Check = (value: unknown) => boolean
/** Null: the call takes none. */
export type CallOptions<Name extends string> = Readonly<Record<Name, Check | null>>

const path: Check = value => typeof value === 'string' && value !== '' && value.length <= 2048
const between = (min: number, max: number): Check => value => typeof value === 'number' && value >= min && value <= max
const oneOf = (...known: unknown[]): Check => value => known.includes(value)
const optional = (check: Check): Check => value => value === undefined || check(value)
function fields(checks: Record<string, Check>): Check {
  return value => typeof value === 'object' && value !== null
    && Object.entries(checks).every(([name, check]) => check((value as Record<string, unknown>)[name]))
}

const share = between(0, 1)
const pixels = between(1, 8192)
const ms = optional(between(0, 86_400_000))
const volume = fields({ volume: share })
const effect = fields({ path, alpha: optional(share), md5: optional(path), blendMode: optional(path) })

export const PUSHER_CALL_OPTIONS: CallOptions<PusherCallName> = {
  toggleTorch: null,
  playBGM: fields({ url: path, startTimeMs: ms, endTimeMs: ms }),
  stopBGM: null,
  pauseBGM: null,
  resumeBGM: null,
  setBGMVolume: volume,
  setMICVolume: volume,
  sendMessage: fields({ msg: path }),
  getMaxZoom: null,
  setZoom: fields({ zoom: between(1, 100) }),
  applyFilter: effect,
  applySticker: fields({ type: path, stickers: value => Array.isArray(value) && value.length > 0 }),
  applyBlusherStickMakeup: effect,
  applyEyeBrowMakeup: effect,
  applyEyeShadowMakeup: effect,
  applyFaceContourMakeup: effect,
  applyLipStickMakeup: effect,
  clearFilters: null,
  clearMakeups: null,
  clearStickers: null,
  exitPictureInPicture: null,
  createOffscreenCanvas: fields({ width: pixels, height: pixels }),
  onCustomRendererEvent: fields({ event: oneOf('frame', 'update'), listener: value => typeof value === 'function' }),
}

export const PLAYER_CALL_OPTIONS: CallOptions<PlayerCallName> = {
  mute: null,
  requestFullScreen: fields({ direction: oneOf(0, 90, -90) }),
  exitFullScreen: null,
  exitPictureInPicture: null,
  snapshot: fields({ quality: optional(oneOf('raw', 'compressed')), sourceType: optional(oneOf('stream', 'view')) }),
  requestBackgroundPlayback: null,
  exitBackgroundPlayback: null,
  startCasting: null,
  switchCasting: null,
  reconnectCasting: null,
  exitCasting: null,
}

/** Names come from outside, and `toString` is none. */
export const isCall = <Name extends string>(table: CallOptions<Name>, name: string): name is Name => Object.keys(table).includes(name)

/** @throws MediaCallError UNSUPPORTED for a call that no platform has, INVALID for options that make no sense */
export function checkCall<Name extends string>(table: CallOptions<Name>, name: Name, options: unknown): void {
  if (!isCall(table, name))
    throw new MediaCallError('UNSUPPORTED', `${name}: no such call`)
  const check = table[name]
  if (check && !check(options))
    throw new MediaCallError('INVALID', `${name}: the options make no sense`)
}
