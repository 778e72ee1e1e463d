import { beforeEach, describe, expect, it } from 'vitest'
import { VirtualClock } from '../../testing/VirtualClock'
import { FlvTagType } from './flv'
import { createStream, readBounded, readMerged, readPackets } from './testing/packets'

let clock: VirtualClock
beforeEach(() => {
  clock = new VirtualClock()
})

describe('a late reader', () => {
  it('[MD6] begins with the headers and the last key frame, then gets everything once', () => {
    const { stream, push } = createStream(clock)
    stream.push(FlvTagType.Script, 0, Buffer.from('metadata'))
    push.videoHeader()
    push.audioHeader()
    push.key(0)
    push.inter(40)
    push.key(80)
    push.sound(90)
    const { names } = readPackets(stream)
    push.inter(120)
    expect(names).toEqual(['m0', 'v0', 'A0', 'k80', 'a90', 'i120'])
  })

  it('[MD6] gets no packet twice that was waiting for company when it came', async () => {
    const { stream, push } = createStream(clock)
    push.videoHeader()
    push.audioHeader()
    push.key(0)
    Array.from({ length: 50 }, () => readMerged(stream))
    push.sound(10)
    const { writes } = readMerged(stream)
    push.sound(33)
    await clock.advance(20)
    expect(writes).toEqual([['v0', 'A0', 'k0', 'a10'], ['a33']])
  })

  it('[MD6] a header that changes in the middle replaces the old one', () => {
    const { stream, push } = createStream(clock)
    push.videoHeader()
    push.key(0)
    stream.push(FlvTagType.Video, 40, Buffer.from('1700000000changed', 'latin1').fill(0x17, 0, 1).fill(0, 1, 5))
    push.key(40)
    expect(readPackets(stream).names).toEqual(['v40', 'k40'])
  })

  it('[MD7] of a stream without pictures it gets the last half second', () => {
    const { stream, push } = createStream(clock)
    push.audioHeader()
    for (let at = 0; at <= 2000; at += 100)
      push.sound(at)
    expect(readPackets(stream).names).toEqual(['A0', 'a1500', 'a1600', 'a1700', 'a1800', 'a1900', 'a2000'])
  })

  it('[MD7] a GOP too large or too long is dropped whole', () => {
    const { stream, push } = createStream(clock, { gopCacheBytes: 5000, gopCacheMs: 1000 })
    push.videoHeader()
    push.key(0)
    push.inter(40, 6000)
    push.inter(80)
    expect(readPackets(stream).names).toEqual(['v0'])
    push.key(120)
    push.inter(160)
    expect(readPackets(stream).names).toEqual(['v0', 'k120', 'i160'])
    push.inter(1121)
    expect(readPackets(stream).names).toEqual(['v0'])
  })

  it('[MD7] a flood of tiny packets cannot hide under a limit of bytes', () => {
    const { stream, push } = createStream(clock, { gopCacheBytes: 100_000 })
    push.videoHeader()
    push.key(0)
    for (let count = 0; count < 1000; count++)
      push.inter(1, 1)
    expect(readPackets(stream).names.length).toBeLessThan(400)
  })
})

describe('sound', () => {
  it('[MD12] is AAC, or Opus for who asks, never both', () => {
    const { stream, push } = createStream(clock)
    push.videoHeader()
    push.audioHeader()
    push.opusHeader()
    push.key(0)
    const [aac, opus] = [readPackets(stream), readPackets(stream, true)]
    const merged = [readMerged(stream), readMerged(stream, true)]
    push.opus(10)
    push.sound(20)
    expect(aac.names).toEqual(['v0', 'A0', 'k0', 'a20'])
    expect(opus.names).toEqual(['v0', 'O0', 'k0', 'o10'])
    expect(merged.map(({ writes }) => writes.flat())).toEqual([aac.names, opus.names])
  })

  it('[MD12] stays AAC for who asks for Opus on a stream that has none', () => {
    const { stream, push } = createStream(clock)
    push.audioHeader()
    const { names } = readPackets(stream, true)
    push.sound(20)
    expect(names).toEqual(['A0', 'a20'])
  })

  it('[MD18] and pictures are announced as soon as both are there', async () => {
    const { stream, push } = createStream(clock)
    const known: object[] = []
    stream.whenTracksKnown(false, tracks => known.push(tracks))
    stream.whenTracksKnown(true, tracks => known.push(tracks))
    push.videoHeader()
    push.opusHeader()
    await clock.advance(20)
    expect(known).toEqual([{ audio: true, video: true }]) // only who takes Opus is served yet
    push.audioHeader()
    await clock.advance(20)
    stream.whenTracksKnown(false, tracks => known.push(tracks))
    expect(known).toHaveLength(3)
    await clock.advance(2000)
    expect(known).toHaveLength(3)
  })

  it('[MD18] is announced as missing when it has not begun after a second', async () => {
    const { stream, push } = createStream(clock)
    const known: object[] = []
    push.videoHeader()
    stream.whenTracksKnown(false, tracks => known.push(tracks))
    const cancel = stream.whenTracksKnown(false, () => known.push({ cancelled: false }))
    await clock.advance(999)
    cancel()
    expect(known).toEqual([])
    await clock.advance(1)
    stream.whenTracksKnown(false, tracks => known.push(tracks))
    expect(known).toEqual([{ audio: false, video: true }, { audio: false, video: true }])
  })
})

describe('merging', () => {
  const withReaders = (count: number) => {
    const { stream, push } = createStream(clock)
    push.videoHeader()
    push.audioHeader()
    push.key(0)
    const readers = Array.from({ length: count }, () => readMerged(stream))
    return { stream, push, readers, live: () => readers[count - 1].writes.slice(1) }
  }

  it('[MD11] does not delay anything for a handful of readers', () => {
    const { push, live } = withReaders(49)
    push.sound(10)
    push.sound(33)
    push.inter(40)
    expect(live()).toEqual([['a10'], ['a33'], ['i40']])
  })

  it.each([[50, 20], [299, 20], [300, 40], [999, 40], [1000, 80]])('[MD11] gathers sound for %i readers for %i ms', async (count, windowMs) => {
    const { push, live } = withReaders(count)
    push.sound(10)
    await clock.advance(windowMs - 1)
    push.sound(33)
    expect(live()).toEqual([])
    await clock.advance(1)
    expect(live()).toEqual([['a10', 'a33']])
  })

  it('[MD11] a picture leaves at once and takes the sound along, up to the 40 ms window', () => {
    const { push, live } = withReaders(300)
    push.sound(10)
    push.inter(40)
    expect(live()).toEqual([['a10', 'i40']])
  })

  it('[MD11] for a crowd only a key frame leaves at once', async () => {
    const { push, live } = withReaders(1000)
    push.sound(10)
    push.inter(40)
    expect(live()).toEqual([])
    push.key(80)
    expect(live()).toEqual([['a10', 'i40', 'k80']])
    await clock.advance(200)
    expect(live()).toHaveLength(1)
  })

  it('[MD11] readers of single packets neither wait nor count', () => {
    const { stream, push, live } = withReaders(49)
    const single = readPackets(stream)
    push.sound(10)
    expect(live()).toEqual([['a10']])
    expect(single.names.at(-1)).toBe('a10')
  })

  it('[MD6] keeps the order when readers leave and the window closes', () => {
    const { push, readers, live } = withReaders(50)
    push.sound(10)
    readers[0].detach()
    push.sound(33)
    expect(live().flat()).toEqual(['a10', 'a33'])
  })

  it('[MD6] sends what is waiting before the stream ends', () => {
    const { stream, push, live } = withReaders(50)
    push.sound(10)
    stream.end()
    expect(live()).toEqual([['a10']])
  })
})

describe('a slow reader', () => {
  const KB = 1024

  it('[MD8] skips to a later key frame and loses no header', () => {
    const { stream, push } = createStream(clock)
    push.videoHeader()
    push.key(0)
    const outlet = readBounded(stream, clock)
    outlet.buffered = 513 * KB
    push.inter(40)
    push.videoHeader()
    push.key(80)
    outlet.buffered = 255 * KB
    push.inter(120)
    push.key(160)
    push.inter(200)
    expect(outlet.names).toEqual(['v0', 'k0', 'v0', 'k160', 'i200'])
  })

  it('[MD8] of sound alone goes on when it has caught up', () => {
    const { stream, push } = createStream(clock)
    push.audioHeader()
    const outlet = readBounded(stream, clock)
    outlet.buffered = 513 * KB
    push.sound(0)
    outlet.buffered = 0
    push.sound(23)
    expect(outlet.names).toEqual(['A0', 'a23'])
  })

  it('[MD8] is not judged by the backlog it began with', () => {
    const { stream, push } = createStream(clock)
    push.videoHeader()
    push.key(0)
    const outlet = readBounded(stream, clock, 900 * KB)
    push.inter(40)
    outlet.buffered = 200 * KB // drained
    push.inter(80)
    outlet.buffered = 513 * KB
    push.inter(120)
    expect(outlet.names).toEqual(['v0', 'k0', 'i40', 'i80'])
  })

  it('[MD9] is cut off above 4 MB, once', () => {
    const { stream, push } = createStream(clock)
    push.videoHeader()
    const outlet = readBounded(stream, clock)
    push.key(0)
    outlet.buffered = 4096 * KB + 1
    push.inter(40)
    push.inter(80)
    expect([outlet.closes, outlet.names]).toEqual([1, ['v0', 'k0']])
  })

  it('[MD9] is cut off after 15 s of being behind', async () => {
    const { stream, push } = createStream(clock)
    push.videoHeader()
    push.key(0)
    const outlet = readBounded(stream, clock)
    outlet.buffered = 300 * KB
    push.inter(40)
    await clock.advance(15_000)
    push.inter(80)
    expect(outlet.closes).toBe(0)
    await clock.advance(1)
    push.inter(120)
    expect(outlet.closes).toBe(1)
  })

  it('[MD10] a reader that throws is ended; the publisher and the others go on', () => {
    const { stream, push } = createStream(clock)
    let ends = 0
    stream.attach({ start: () => {}, receive: () => {
      throw new Error('broken')
    }, end: () => ends++ })
    const other = readPackets(stream)
    push.videoHeader()
    push.key(0)
    expect([ends, other.names, stream.readerCount]).toEqual([1, ['v0', 'k0'], 1])
  })
})

describe('the end', () => {
  it('ends every reader once and keeps silent afterwards', () => {
    const { hub, stream, push } = createStream(clock)
    const { names, reader } = readPackets(stream)
    hub.unpublish(stream)
    push.key(0)
    expect([reader.hasEnded, names, stream.readerCount]).toEqual([true, [], 0])
  })

  it('ends a reader that comes too late', () => {
    const { hub, stream } = createStream(clock)
    hub.unpublish(stream)
    expect(readPackets(stream).reader.hasEnded).toBe(true)
  })

  it('[MD16] comes for a publisher whose bitrate is above the limit', async () => {
    const { publisher, push } = createStream(clock, { publisherKbps: 100 })
    for (let second = 0; second < 4 && !publisher.closedFor; second++) {
      push.inter(second * 1000, 14_000) // 112 kbps
      await clock.advance(1000)
    }
    expect(publisher.closedFor).toBe('tooFast')
  })
})
