/**
 * RTMP chunk streams (Adobe RTMP 1.0, 5.3): messages are cut into chunks, the chunks of several chunk streams are
 * interleaved, and a chunk's header may lean on the previous header of its chunk stream.
 */
import type { RtmpMessage } from './message'
import { EXTENDED_TIMESTAMP } from './message'

const DEFAULT_CHUNK_BYTES = 128
/** Bytes of message header by chunk format 0..3. */
const HEADER_BYTES = [11, 7, 3, 0]
const FIRST_ALLOCATION_BYTES = 4096

export interface ChunkLimits {
  readonly chunkStreams: number
  readonly chunkBytes: number
}

interface ChunkStream {
  timestamp: number
  /** As it stood in the header, or in the extension of it. */
  timestampField: number
  isExtended: boolean
  length: number
  type: number
  body: Buffer
  received: number
}

export class ChunkReader {
  private header: Buffer = Buffer.alloc(0)
  private chunkBytes = DEFAULT_CHUNK_BYTES
  private readonly streams = new Map<number, ChunkStream>()
  private current?: { stream: ChunkStream, missing: number }
  private unfinishedBytes = 0

  /** `maxMessageBytes` holds for a message and for all unfinished messages together; it may be raised later. */
  constructor(private readonly limits: ChunkLimits, public maxMessageBytes: number) {}

  setChunkSize(bytes: number): void {
    if (bytes < 1 || bytes > this.limits.chunkBytes)
      throw new Error('chunk size out of range')
    this.chunkBytes = bytes
  }

  /** Forgets the unfinished message of a chunk stream. */
  abort(id: number): void {
    const stream = this.streams.get(id)
    if (stream)
      this.discard(stream)
  }

  /** A generator, because SetChunkSize must take effect before the bytes right behind it are parsed. Throws on nonsense. */
  * read(bytes: Buffer): Generator<RtmpMessage> {
    let rest = bytes
    for (;;) {
      if (!this.current) {
        const joined = this.header.length > 0 ? Buffer.concat([this.header, rest]) : rest
        const size = this.readHeader(joined)
        if (size === undefined) {
          this.header = Buffer.from(joined) // at most 18 bytes: a copy, so that the socket's read is not kept
          return
        }
        this.header = Buffer.alloc(0)
        rest = joined.subarray(size)
      }
      const { stream, missing } = this.current!
      const taken = rest.subarray(0, missing)
      this.append(stream, taken)
      rest = rest.subarray(taken.length)
      if (taken.length < missing) {
        this.current!.missing -= taken.length
        return
      }
      this.current = undefined
      if (stream.received === stream.length) {
        const payload = stream.body.subarray(0, stream.length)
        this.discard(stream)
        yield { type: stream.type, timestamp: stream.timestamp, payload }
      }
      if (rest.length === 0)
        return
    }
  }

  /** Sets `current`. Returns the header's size; undefined means "wait for more bytes", and nothing has changed. */
  private readHeader(bytes: Buffer): number | undefined {
    const basic = readBasicHeader(bytes)
    if (!basic)
      return undefined
    const { format, id } = basic
    let size = basic.size + HEADER_BYTES[format]
    if (bytes.length < size)
      return undefined

    const known = this.streams.get(id)
    if (!known && format > 1)
      throw new Error('first chunk of a chunk stream has no full header')
    // Trap: one connection announcing a message on each of 65 thousand chunk streams.
    if (!known && this.streams.size >= this.limits.chunkStreams)
      throw new Error('too many chunk streams')
    const stream = known ?? { timestamp: 0, timestampField: 0, isExtended: false, length: 0, type: 0, body: Buffer.alloc(0), received: 0 }
    const isFirst = stream.received === 0
    if (!isFirst && format !== 3)
      throw new Error('message interrupted by another one')

    let { timestampField, isExtended } = stream
    if (format < 3) {
      timestampField = bytes.readUIntBE(basic.size, 3)
      isExtended = timestampField === EXTENDED_TIMESTAMP
    }
    if (isExtended) {
      if (bytes.length < size + 4)
        return undefined
      const extension = bytes.readUInt32BE(size)
      // Trap: format 3 repeats the extension, but not every encoder does it.
      if (format < 3 || extension === timestampField) {
        timestampField = extension
        size += 4
      }
    }
    const length = format < 2 ? bytes.readUIntBE(basic.size + 3, 3) : stream.length
    if (length > this.maxMessageBytes)
      throw new Error('message too large')

    this.streams.set(id, stream)
    if (format < 2)
      stream.type = bytes[basic.size + 6]
    if (isFirst)
      stream.timestamp = format === 0 ? timestampField : (stream.timestamp + timestampField) >>> 0
    Object.assign(stream, { timestampField, isExtended, length })
    this.current = { stream, missing: Math.min(this.chunkBytes, length - stream.received) }
    return size
  }

  /** Trap: the announced length must not be allocated before its bytes are here; 60 headers announcing 16 MB would cost 1 GB. */
  private append(stream: ChunkStream, bytes: Buffer) {
    this.unfinishedBytes += bytes.length
    if (this.unfinishedBytes > this.maxMessageBytes)
      throw new Error('too many unfinished messages')
    const needed = stream.received + bytes.length
    if (needed > stream.body.length) {
      const grown = Buffer.allocUnsafeSlow(Math.min(stream.length, Math.max(needed, 2 * stream.body.length, FIRST_ALLOCATION_BYTES)))
      stream.body.copy(grown, 0, 0, stream.received)
      stream.body = grown
    }
    bytes.copy(stream.body, stream.received)
    stream.received = needed
  }

  private discard(stream: ChunkStream) {
    this.unfinishedBytes -= stream.received
    stream.body = Buffer.alloc(0)
    stream.received = 0
  }
}

/** One to three bytes. Trap: a whole chunk may be two bytes, so do not wait for three before looking. */
function readBasicHeader(bytes: Buffer): { format: number, size: number, id: number } | undefined {
  if (bytes.length === 0)
    return undefined
  const format = bytes[0] >> 6
  const id = bytes[0] & 0x3F
  const size = id === 0 ? 2 : id === 1 ? 3 : 1
  if (bytes.length < size)
    return undefined
  if (id === 0)
    return { format, size, id: 64 + bytes[1] }
  if (id === 1)
    return { format, size, id: 64 + bytes[1] + bytes[2] * 256 }
  return { format, size, id }
}
