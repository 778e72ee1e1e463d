/** In which order a viewer tries the ways to the picture, and how patiently. */
import type { RecoveryPolicy, Way } from './recovery/recoveryState'
import type { PlayUrls } from '@/shared/protocol/rest'
import type { PlayerProps } from '@/src/live/components/media'

/** Short waits, because the server answers "nobody publishes" cheaply and the anchor's return should be seen at once. */
export const PLAY_POLICY: RecoveryPolicy = {
  openMs: 5000,
  steadyMs: 10_000,
  waitsMs: [500, 1000, 2000, 4000, ...Array.from<number>({ length: 11 }).fill(5000)],
  stuckWaitMs: 5000,
  doBytesOpen: false,
}

/** What this browser can do, as far as it matters here. */
export interface PlayPowers {
  readonly hasWebRtc: boolean
  /** MediaSource, or the ManagedMediaSource of iPhones since 17.1. */
  readonly hasMediaSource: boolean
  /** Ask for Apple: Chromium says "maybe" to HLS and cannot. */
  readonly hasNativeHls: boolean
  /** iPhones and iPads: FLV costs them battery and trouble, WebRTC runs in hardware. */
  readonly isIos: boolean
}

/** What a player is to play, and how. */
export type PlayTarget = Pick<PlayerProps, 'urls' | 'mode'>

/**
 * WS-FLV goes before HTTP-FLV: browsers keep only six HTTP/1.1 connections to one origin, and a player pins one.
 */
export function playWays({ urls, mode }: PlayTarget, powers: PlayPowers): Way[] {
  const flv: Way[] = powers.hasMediaSource ? ['wsFlv', 'flv'] : []
  const rtc: Way[] = powers.hasWebRtc ? ['whep', 'leb'] : []
  const hls: Way[] = powers.hasNativeHls ? ['hls'] : []
  const ordered = mode === 'lowLatency' || powers.isIos ? [...rtc, ...flv, ...hls] : [...flv, ...rtc, ...hls]
  return ordered.filter(way => urlOf(urls, way))
}

/**
 * `<live-player>` takes FLV and RTMP; some iPhones show FLV black. People on the mic get RTMP first: their own pusher shows
 * that it passes their network.
 */
export function nativePlayWays({ urls, mode }: PlayTarget): Way[] {
  const ordered: Way[] = mode === 'lowLatency' ? ['rtmp', 'flv'] : ['flv', 'rtmp']
  return ordered.filter(way => urlOf(urls, way))
}

/** Whether what plays must give way: to another stream or mode, not to fresh addresses of the same. */
export function isOtherTarget(one: PlayTarget, other: PlayTarget): boolean {
  return one.mode !== other.mode || !PLAY_WAYS.some(way => urlOf(one.urls, way) && addressOf(one.urls, way) === addressOf(other.urls, way))
}

const PLAY_WAYS = ['flv', 'wsFlv', 'whep', 'leb', 'rtmp', 'hls'] as const

/** Signed anew, the addresses of a stream differ in their signatures alone; some name the stream in the query, or are in one themselves. */
const addressOf = (urls: PlayUrls | undefined, way: Way): string => urlOf(urls, way).replace(/(?:[?&]|%3F|%26)tx(?:Secret|Time)(?:=|%3D)\w*/gi, '')

export function urlOf(urls: PlayUrls | undefined, way: Way): string {
  return (way === 'whip' ? undefined : urls?.[way]) ?? ''
}
