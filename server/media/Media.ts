import type { Router } from 'express'
import type { HandleUpgrade } from './embedded/wsFlv'
import type { MediaProvider } from './MediaProvider'

/** A media world as app.ts mounts it. */
export interface Media {
  readonly provider: MediaProvider
  /**
   * Streams of our own, or what a cloud tells us of its streams: mount before compression, body parsers and helmet, and
   * errorHandler behind it.
   */
  readonly router: Router
  readonly handleUpgrade: HandleUpgrade
  /** Opens RTMP; resolves with its port, with null where streams go elsewhere, and rejects when the port is taken. */
  readonly listen: () => Promise<number | null>
  readonly close: () => Promise<void>
  /** Plays an FLV file as a stream, again and again; returns its stop. Undefined where streams are carried elsewhere. */
  readonly playLoop?: (streamId: string, file: Buffer, onEnded?: () => void) => () => void
}
