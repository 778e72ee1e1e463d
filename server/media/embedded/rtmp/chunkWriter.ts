import type { RtmpMessage } from './message'
import { EXTENDED_TIMESTAMP } from './message'

/** Announced to the peer, so that almost every message of ours is one chunk. */
export const OUTGOING_CHUNK_BYTES = 60_000

/** Always with a full header: 12 bytes a message are cheaper than keeping the last header of every connection. */
export function encodeMessage(chunkStreamId: number, messageStreamId: number, { type, timestamp, payload }: RtmpMessage): Buffer {
  const isExtended = timestamp >= EXTENDED_TIMESTAMP
  const head = Buffer.alloc(isExtended ? 16 : 12)
  head[0] = chunkStreamId
  head.writeUIntBE(isExtended ? EXTENDED_TIMESTAMP : timestamp, 1, 3)
  head.writeUIntBE(payload.length, 4, 3)
  head[7] = type
  head.writeUInt32LE(messageStreamId, 8) // the only little-endian field of RTMP
  if (isExtended)
    head.writeUInt32BE(timestamp >>> 0, 12)

  const continuation = Buffer.concat([Buffer.from([0xC0 | chunkStreamId]), head.subarray(12)]) // repeats the extended timestamp
  const parts = [head, payload.subarray(0, OUTGOING_CHUNK_BYTES)]
  for (let start = OUTGOING_CHUNK_BYTES; start < payload.length; start += OUTGOING_CHUNK_BYTES)
    parts.push(continuation, payload.subarray(start, start + OUTGOING_CHUNK_BYTES))
  return Buffer.concat(parts)
}
