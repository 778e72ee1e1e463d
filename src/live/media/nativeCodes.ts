/**
 * The numbers of <live-pusher> and <live-player>, translated once. Meanings:
 * https://developers.weixin.qq.com/miniprogram/dev/component/live-pusher.html and …/live-player.html.
 *
 * Some versions leave 1002 out or send numbers that no page explains: no number ends a room, the server's news does.
 */
import type { MediaProblemCode } from '@/src/live/components/media'

export type NativeNews
  /** True and of no consequence. */
  = | { readonly type: 'progress' }
    | { readonly type: 'connecting' }
    | { readonly type: 'live' }
  /** The platform reconnects by itself, three times. `isTry`: it begins one of them. */
    | { readonly type: 'reconnecting', readonly isTry: boolean }
  /** The network is poor. */
    | { readonly type: 'weak' }
  /** A phone call or the system took camera and microphone: pause, and resume when they are free again. */
    | { readonly type: 'interrupted', readonly by: 'call' | 'system' }
  /** It gave up; what happens next is ours. */
    | { readonly type: 'lost' }
    | { readonly type: 'problem', readonly code: MediaProblemCode }
  /** The background music could not be loaded. */
    | { readonly type: 'bgmFailed' }

const progress: NativeNews = { type: 'progress' }
const connecting: NativeNews = { type: 'connecting' }
const live: NativeNews = { type: 'live' }
const reconnecting: NativeNews = { type: 'reconnecting', isTry: true }
const hint: NativeNews = { type: 'reconnecting', isTry: false }
const weak: NativeNews = { type: 'weak' }
const interrupted = (by: 'call' | 'system'): NativeNews => ({ type: 'interrupted', by })
const lost: NativeNews = { type: 'lost' }
const problem = (code: MediaProblemCode): NativeNews => ({ type: 'problem', code })

/** Both tags. Hints only: the platform tries again and ends with −1307 or −2301. */
const NETWORK_CODES: Readonly<Record<number, NativeNews>> = {
  3001: hint, // no such host
  3002: hint, // no connection
  3003: hint, // no handshake
  3004: hint, // closed by the server: the URL or its txTime
  3005: hint, // could not read or write
}

/** `statechange` of <live-pusher>. */
export const PUSHER_CODES: Readonly<Record<number, NativeNews>> = {
  ...NETWORK_CODES,
  [-1301]: problem('DEVICE_BUSY'), // camera did not open
  [-1302]: problem('DEVICE_BUSY'), // microphone did not open
  [-1303]: problem('UNSUPPORTED'), // video encoder failed
  [-1304]: problem('UNSUPPORTED'), // audio encoder failed
  [-1305]: problem('UNSUPPORTED'), // no such resolution
  [-1306]: problem('UNSUPPORTED'), // no such sample rate
  [-1307]: lost, // gave up after three tries
  [-1308]: problem('SCREEN_DENIED'), // screen capture refused
  [-1309]: problem('UNSUPPORTED'), // no screen capture in this system
  [-1310]: problem('SCREEN_DENIED'), // screen capture interrupted
  [-1311]: problem('DEVICE_BUSY'), // Android hears silence
  [-1312]: progress, // the shared screen did not rotate
  0: progress, // nothing
  1001: connecting, // connected to the server
  1002: live, // shook hands: it sends
  1003: progress, // camera on
  1004: progress, // screen capture on
  1005: live, // resolution adapted: only while sending, and some versions never send 1002
  1006: live, // bitrate adapted
  1007: progress, // first frame captured, in the preview too
  1008: progress, // encoder started
  1018: progress, // room: entered
  1019: progress, // room: left
  1020: progress, // room: its list
  1021: progress, // room: entered again
  1022: progress, // room: not entered
  1031: progress, // remote person: in
  1032: progress, // remote person: out
  1033: progress, // remote person: video
  1034: progress, // remote person: audio
  1101: weak, // weak uplink
  1102: reconnecting, // connection lost, trying again
  1103: progress, // hardware to software encoder
  1104: progress, // encoder restarted
  1105: progress, // beauty in software, the old way
  1106: progress, // beauty in software, the old way
  4998: progress, // enable-mic toggled (iOS)
  4999: progress, // muted toggled (iOS)
  5000: interrupted('system'), // suspended by the system
  5001: interrupted('call'), // phone or WeChat call
}

/** `error` of <live-pusher>. */
export const PUSHER_ERRORS: Readonly<Record<number, NativeNews>> = {
  10001: problem('CAMERA_DENIED'), // camera denied
  10002: problem('MICROPHONE_DENIED'), // microphone denied
  10003: { type: 'bgmFailed' }, // background music did not load
  10004: progress, // waiting image did not load
}

/** `statechange` of <live-player>. */
export const PLAYER_CODES: Readonly<Record<number, NativeNews>> = {
  ...NETWORK_CODES,
  [-2301]: lost, // gave up after three tries
  [-2302]: lost, // no accelerated URL
  2001: connecting, // connected to the server
  2002: connecting, // RTMP begun
  2003: live, // first key frame
  2004: live, // playing
  2005: progress, // how far it has played
  2006: lost, // the stream ended
  2007: progress, // loading
  2008: progress, // decoder started
  2009: progress, // resolution changed
  2030: progress, // audio device changed
  2032: live, // first frame drawn
  2101: progress, // one picture not decoded
  2102: progress, // one piece of sound not decoded
  2103: reconnecting, // connection lost, trying again
  2104: weak, // unsteady downlink
  2105: weak, // stutter
  2106: progress, // hardware to software decoder
  2107: progress, // frame gap
  2108: progress, // first key frame failed in hardware
}

/** What a number means; one that nobody documents changes nothing. */
export function readNativeCode(table: Readonly<Record<number, NativeNews>>, code: number): NativeNews {
  return table[code] ?? progress
}
