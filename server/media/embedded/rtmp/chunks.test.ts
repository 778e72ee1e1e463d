import type { RtmpMessage } from './message'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../testing/seededRandom'
import { ChunkReader } from './chunkReader'
import { encodeMessage, OUTGOING_CHUNK_BYTES } from './chunkWriter'
import { MessageType } from './message'

const LIMITS = { chunkStreams: 32, chunkBytes: 16 << 20 }
const reader = (maxMessageBytes = 4 << 20) => new ChunkReader(LIMITS, maxMessageBytes)
const read = (chunks: ChunkReader, ...bytes: Buffer[]) => bytes.flatMap(part => [...chunks.read(part)])
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
/** Comparing strings is a hundred times faster than comparing Buffers byte by byte. */
const plain = (messages: readonly RtmpMessage[]) => messages.map(({ type, timestamp, payload }) => `${type} ${timestamp} ${payload.toString('latin1')}`)
const body = (length: number) => Buffer.from(Array.from({ length }, (_, index) => index % 251))

describe('chunk reader', () => {
  it.each([0, 1, 100, OUTGOING_CHUNK_BYTES, OUTGOING_CHUNK_BYTES + 1, 200_000])('[MD13] reads a message of %i bytes back, byte by byte or at once', (length) => {
    const sent: RtmpMessage = { type: MessageType.Video, timestamp: 1234, payload: body(length) }
    const bytes = encodeMessage(6, 1, sent)
    for (const step of [bytes.length, 1460, length > 1000 ? 997 : 1]) {
      const chunks = reader()
      chunks.setChunkSize(OUTGOING_CHUNK_BYTES)
      const parts = Array.from({ length: Math.ceil(bytes.length / step) }, (_, index) => bytes.subarray(index * step, (index + 1) * step))
      expect(plain(read(chunks, ...parts))).toEqual(plain([sent]))
    }
  })

  it('[MD13] reads interleaved chunk streams', () => {
    const messages = read(reader(), Buffer.concat([
      hex('06 000010 0000c8 09 01000000'), // 200 bytes of video,
      body(128),
      hex('04 000011 000003 08 01000000 aabbcc'), // a piece of sound in between,
      hex('c6'), // the rest of the picture
      body(200).subarray(128),
    ]))
    expect(messages).toEqual([
      { type: 8, timestamp: 0x11, payload: hex('aabbcc') },
      { type: 9, timestamp: 0x10, payload: body(200) },
    ])
  })

  it('[MD13] adds up the deltas of formats 1, 2 and 3', () => {
    const messages = read(reader(), hex('04 000064 000001 08 01000000 aa'), hex('44 000014 000001 08 bb'), hex('84 000015 cc'), hex('c4 dd'))
    expect(messages.map(({ timestamp }) => timestamp)).toEqual([100, 120, 141, 162])
  })

  it('[MD13] a format 3 message behind a full header repeats that header\'s time as its delta', () => {
    expect(read(reader(), hex('04 000014 000001 08 01000000 aa'), hex('c4 bb')).map(({ timestamp }) => timestamp)).toEqual([20, 40])
  })

  it('[MD13] extended timestamps may be repeated in continuation chunks or not', () => {
    const head = hex('06 ffffff 000082 09 01000000 01000000')
    const expected = [{ type: 9, timestamp: 0x1000000, payload: body(130) }]
    expect(read(reader(), head, body(128), hex('c6 01000000'), body(130).subarray(128))).toEqual(expected)
    expect(read(reader(), head, body(128), hex('c6'), body(130).subarray(128), hex('000000'))).toMatchObject(expected)
  })

  it('[MD13] extended timestamps come back as they were sent', () => {
    const sent: RtmpMessage = { type: 9, timestamp: 0xFFFFFFFE, payload: body(OUTGOING_CHUNK_BYTES * 2) }
    const chunks = reader()
    chunks.setChunkSize(OUTGOING_CHUNK_BYTES)
    expect(plain(read(chunks, encodeMessage(6, 1, sent)))).toEqual(plain([sent]))
  })

  it.each([['00 05', 69], ['01 05 01', 325]])('[MD13] understands chunk stream ids of two and three bytes (%s)', (basic) => {
    expect(read(reader(), hex(`${basic} 000001 000001 08 01000000 aa`))).toEqual([{ type: 8, timestamp: 1, payload: hex('aa') }])
  })

  it('[MD13] a new chunk size counts from the next chunk on, even in the same read', () => {
    const chunks = reader()
    const messages: RtmpMessage[] = []
    for (const message of chunks.read(Buffer.concat([encodeMessage(2, 0, { type: 1, timestamp: 0, payload: hex('000003e8') }), hex('06 000000 0001f4 09 01000000'), body(500)]))) {
      if (message.type === MessageType.SetChunkSize)
        chunks.setChunkSize(message.payload.readUInt32BE(0))
      messages.push(message)
    }
    expect(messages[1].payload).toEqual(body(500))
  })

  it('[MD13] an aborted message is forgotten', () => {
    const chunks = reader()
    read(chunks, hex('06 000000 0000c8 09 01000000'), body(128))
    chunks.abort(6)
    expect(read(chunks, hex('06 000007 000001 09 01000000 aa'))).toEqual([{ type: 9, timestamp: 7, payload: hex('aa') }])
  })

  it('[MD14] refuses a message above the limit by its header', () => {
    expect(() => read(reader(1000), hex('06 000000 0003e9 09 01000000'))).toThrow('too large')
  })

  it('[MD14] refuses more unfinished bytes than one message may have', () => {
    const chunks = reader(1000)
    chunks.setChunkSize(500)
    const start = (id: number) => Buffer.concat([Buffer.from([id]), hex('000000 0003e8 09 01000000'), body(500)])
    read(chunks, start(4), start(5))
    expect(() => read(chunks, start(6))).toThrow('unfinished')
  })

  it('[MD14] refuses too many chunk streams', () => {
    const chunks = reader()
    const start = (id: number) => Buffer.concat([Buffer.from([0, id]), hex('000000 000001 09 01000000 aa')])
    for (let id = 0; id < 32; id++)
      read(chunks, start(id))
    expect(() => read(chunks, start(32))).toThrow('too many chunk streams')
  })

  it('[MD14] announced lengths cost nothing', () => {
    const before = process.memoryUsage().arrayBuffers
    const readers = Array.from({ length: 30 }, () => {
      const chunks = reader(16 << 20)
      for (let id = 3; id < 35; id++)
        read(chunks, Buffer.concat([Buffer.from([id]), hex('000000 fffff0 09 01000000'), body(128)]))
      return chunks
    })
    expect(readers).toHaveLength(30) // 960 messages of 16 MB announced
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 << 20)
  })

  it.each([
    ['a chunk stream that begins without a full header', 'c6 aa'],
    ['a message interrupted by another one', `06 000000 0000c8 09 01000000 ${'00'.repeat(128)} 06 000000 000001 09 01000000`],
  ])('[MD15] throws on %s', (_name, bytes) => {
    expect(() => read(reader(), hex(bytes))).toThrow()
  })

  it.each([0, 0x80000000, 17 << 20])('[MD14] refuses a chunk size of %i', (size) => {
    expect(() => reader().setChunkSize(size)).toThrow('chunk size')
  })

  it('[MD13] reads what any chunk sizes and any interleaving give', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = seededRandom(seed)
      const pick = (count: number) => Math.floor(random() * count)
      const chunkSize = 1 + pick(300)
      const sent = Array.from({ length: 6 }, (_, index) => ({ type: 8 + index % 2, timestamp: pick(0x2000000), payload: body(1 + pick(2000)) }))
      const queues = sent.map((message, index) => cut(message, 3 + index, chunkSize))
      const wire: Buffer[] = []
      while (queues.some(queue => queue.length > 0)) {
        const queue = queues[pick(queues.length)]
        wire.push(...queue.splice(0, 1))
      }
      const chunks = reader()
      chunks.setChunkSize(chunkSize)
      const bytes = Buffer.concat(wire)
      const at = pick(bytes.length)
      const received = read(chunks, bytes.subarray(0, at), bytes.subarray(at))
      expect(plain(received).sort(), `seed ${seed}`).toEqual(plain(sent).sort())
    }
  })
})

/** As an encoder with small chunks would: one full header, then format 3. */
function cut({ type, timestamp, payload }: RtmpMessage, id: number, chunkSize: number): Buffer[] {
  const isExtended = timestamp >= 0xFFFFFF
  const head = encodeMessage(id, 1, { type, timestamp, payload: Buffer.alloc(0) })
  head.writeUIntBE(payload.length, 4, 3)
  const continuation = Buffer.concat([Buffer.from([0xC0 | id]), isExtended ? head.subarray(12) : Buffer.alloc(0)])
  const parts: Buffer[] = []
  for (let start = 0; start < payload.length; start += chunkSize)
    parts.push(Buffer.concat([start === 0 ? head : continuation, payload.subarray(start, start + chunkSize)]))
  return parts
}
