/**
 * What rooms need of the media world. Implementations: embedded (this process), srs, tencent; what all of them keep is in
 * tests/conformance/mediaProvider.ts.
 * Stream ids are `<roomId>-<userId>` (shared/domain/ids.ts); every URL handed out is signed and expires.
 */
import type { SeatNumber } from '../../shared/domain/layout'
import type { PlayUrls, PublishUrls } from '../../shared/protocol/rest'

/** Where the person who asked can reach this server; behind a proxy or by another name it differs per request. */
export interface Origin {
  /** `http://host:8080`, no trailing slash. */
  readonly http: string
  /** `rtmp://host:1935`, no trailing slash. */
  readonly rtmp: string
}

/** One publication began or ended. `sessionId` tells a takeover's two publications apart. */
export interface MediaEvent {
  readonly type: 'publish' | 'unpublish'
  readonly streamId: string
  readonly sessionId: string
  /** Unix milliseconds. */
  readonly at: number
}

/** Judged after the signature: a room that has ended takes no stream, whatever URL somebody kept. */
export type CanPublish = (streamId: string) => boolean

/** What is taken away from all who play a stream; they go on hearing silence, seeing a blank picture. */
export interface Mutes {
  readonly sound: boolean
  readonly picture: boolean
}

/** Everybody on a stage in one picture and one sound; where each picture lies is said by shared/domain/layout.ts. */
export interface Mix {
  /** The stream whose picture fills the canvas and gives it its shape. */
  readonly anchorStreamId: string
  readonly guests: readonly MixGuest[]
}

export interface MixGuest {
  readonly streamId: string
  readonly seat: SeatNumber
  /** Without a picture a guest is only heard. */
  readonly hasPicture: boolean
  /** Muted by the anchor, a guest is only seen. */
  readonly hasSound: boolean
}

export interface MediaCapabilities {
  readonly whip: boolean
  readonly whep: boolean
  readonly forbid: boolean
  /** Without it a guest who was muted is asked to be silent by their own app, and left out of the mix. */
  readonly mute: boolean
  readonly mix: boolean
  /** Without it a programme is played by way of this server, which leads to the stream of the moment. */
  readonly programme: boolean
}

/** A look at one stream for metrics and the statistics sheet. */
export interface StreamFigures {
  readonly streamId: string
  readonly publisher: 'rtmp' | 'whip' | 'loop' | 'mix' | 'programme'
  readonly readers: number
  /** Over the last seconds. */
  readonly bitrateKbps: number
  readonly startedAt: number
}

export interface MediaProvider {
  readonly capabilities: MediaCapabilities
  /** For the publisher alone: whoever has these URLs is the publisher. */
  issuePushUrls: (streamId: string, ttlMs: number, origin: Origin) => PublishUrls
  playUrls: (streamId: string, ttlMs: number, origin: Origin) => PlayUrls
  isLive: (streamId: string) => Promise<boolean>
  /** Ends the publication if there is one; with a valid URL the publisher may come back unless `CanPublish` says no. */
  kick: (streamId: string) => Promise<void>
  /** Holds for this stream id, through reconnects, until it is changed. Does nothing without `capabilities.mute`. */
  mute: (streamId: string, mutes: Mutes) => Promise<void>
  /**
   * Composes everybody and publishes the result as `streamId`; again with others on stage, the same publication goes over to
   * them without a gap that anybody hears. Who is not publishing (yet, or for a moment) is waited for. Whether and when the
   * stream is there is told by its `publish` event, that it failed or found no room by `unpublish` or by none at all:
   * it is tried again by itself until `stopMix`.
   * Does nothing without `capabilities.mix`.
   */
  mix: (streamId: string, mix: Mix) => Promise<void>
  /** Ends the publication; does nothing when there is none. */
  stopMix: (streamId: string) => Promise<void>
  /**
   * Who plays `streamId` sees whichever of `sources` is on air, an earlier one rather than a later; it goes from one to the
   * other without a break in its time, and ends when there is none. It is published while somebody plays it. Again with
   * other sources, it follows those; with none, it is over. Does nothing without `capabilities.programme`.
   */
  programme: (streamId: string, sources: readonly string[]) => void
  /** Returns what stops listening. */
  onEvent: (listener: (event: MediaEvent) => void) => () => void
  /** Of the streams that this process carries. */
  figures: () => readonly StreamFigures[]
}
