import type { MediaPacket } from './flv'

export type Track = 'audio' | 'video'

/** Who watches a stream. A reader that throws is ended and forgotten. */
export interface StreamReader {
  /** Opus instead of AAC where the publisher sent Opus. Fixed for the reader's life. */
  readonly takesOpus?: boolean
  /** Converts the stream for others and is not counted among those who watch. */
  readonly isConverter?: boolean
  /** Headers and the GOP cache, which a late reader needs before anything live. */
  start: (backlog: readonly MediaPacket[]) => void
  /** Every packet as it comes; not called when there is `receiveMerged`. */
  receive: (packet: MediaPacket) => void
  /** For readers of plain FLV: the packets of a few milliseconds and their common serialisation. */
  readonly receiveMerged?: (packets: readonly MediaPacket[], merged: Buffer) => void
  /** The first sound or picture of a stream that had none so far. */
  readonly trackAppeared?: (track: Track) => void
  /** The publication is over. */
  end: () => void
}
