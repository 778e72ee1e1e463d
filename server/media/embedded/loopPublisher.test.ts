import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { VirtualClock } from '../../testing/VirtualClock'
import { createPacket, flvHeader, FlvTagType } from './flv'
import { parseFlvFile } from './flvFile'
import { readMediaLimits } from './limits'
import { startLoop } from './loopPublisher'
import { StreamHub } from './streamHub'
import { STREAM } from './testing/mediaServer'
import { readPackets } from './testing/packets'
import { AUDIO_HEADER, picture, sound, VIDEO_HEADER } from './testing/rtmpPublisher'

const tag = (type: FlvTagType, timestamp: number, body: Buffer) => createPacket(type, timestamp, body).flvTag
const content = Buffer.alloc(8)
/** Half a second: five pictures, ten pieces of sound, beginning at 1000 ms. */
const FILE = Buffer.concat([
  flvHeader({ audio: true, video: true }),
  tag(FlvTagType.Script, 0, Buffer.from('metadata')),
  tag(FlvTagType.Video, 0, VIDEO_HEADER),
  tag(FlvTagType.Audio, 0, AUDIO_HEADER),
  ...Array.from({ length: 5 }, (_, index) => [
    tag(FlvTagType.Video, 1000 + index * 100, picture(index === 0, content)),
    tag(FlvTagType.Audio, 1000 + index * 100, sound(content)),
    tag(FlvTagType.Audio, 1050 + index * 100, sound(content)),
  ]).flat(),
])

let clock: VirtualClock
let hub: StreamHub
beforeEach(() => {
  clock = new VirtualClock()
  hub = new StreamHub({ clock })
})

describe('loop', () => {
  it('[MD20] sends headers once and rises from round to round in real time', async () => {
    startLoop(hub, STREAM, FILE)
    const { names } = readPackets(hub.find(STREAM)!)
    expect(names).toEqual(['m0', 'v0', 'A0'])
    await clock.advance(1200)
    const expected = [0, 500, 1000].flatMap(start => Array.from({ length: 5 }, (_, index) =>
      [`${index === 0 ? 'k' : 'i'}${start + index * 100}`, `a${start + index * 100}`, `a${start + index * 100 + 50}`]).flat())
    expect(names.slice(3)).toEqual(expected.filter(name => Number(name.slice(1)) <= 1200))
  })

  it('[MD20] does not catch up after a pause', async () => {
    let now = 0
    let tick = () => {}
    hub = new StreamHub({ clock: { now: () => now, after: () => () => {}, every: (_ms, action) => {
      tick = action
      return () => {}
    } } })
    startLoop(hub, STREAM, FILE)
    const { names } = readPackets(hub.find(STREAM)!)
    tick()
    const before = names.length
    now = 3_600_000
    tick()
    expect(names.slice(before)).toEqual(['a50'])
  })

  it('stops when told, twice too, and when it is kicked', async () => {
    const stop = startLoop(hub, STREAM, FILE)
    stop()
    stop()
    expect(hub.streams).toEqual([])
    startLoop(hub, STREAM, FILE)
    const { names } = readPackets(hub.find(STREAM)!)
    hub.kick(STREAM)
    const before = names.length
    await clock.advance(1000)
    expect([hub.streams, names.length]).toEqual([[], before])
  })

  it.each([
    ['no FLV', Buffer.from('RIFF and so on')],
    ['a file cut short', FILE.subarray(0, -10)],
    ['a file without frames', FILE.subarray(0, 100)],
  ])('refuses %s', (_name, file) => {
    expect(() => startLoop(hub, STREAM, file)).toThrow()
    expect(hub.streams).toEqual([])
  })

  it('[SM4] says so when the server carries as many streams as it may', () => {
    hub = new StreamHub({ clock, limits: { ...readMediaLimits(), streams: 1 } })
    startLoop(hub, STREAM, FILE)
    expect(() => startLoop(hub, 'rroom-uboris', FILE)).toThrow(expect.objectContaining({ code: 'MEDIA_CAPACITY', status: 503 }))
  })
})

describe('the demo room\'s loop', () => {
  const tags = parseFlvFile(readFileSync(path.join(import.meta.dirname, '../demo/loop.flv')))

  it('begins with a key frame, has one at least every two seconds and no B-frames', () => {
    const pictures = tags.filter(({ type, body }) => type === FlvTagType.Video && body[1] === 1)
    const keys = pictures.filter(({ body }) => body[0] === 0x17).map(({ timestamp }) => timestamp)
    expect(pictures[0].body[0]).toBe(0x17)
    expect(Math.max(...keys.slice(1).map((at, index) => at - keys[index]))).toBeLessThanOrEqual(2000)
    expect(pictures.every(({ body }) => body.readIntBE(2, 3) === 0)).toBe(true)
  })

  it('has as much sound as picture', () => {
    const framesOf = (type: FlvTagType) => tags.filter(({ type: of, body }) => of === type && body[1] === 1).length
    expect(framesOf(FlvTagType.Video) / 25).toBeCloseTo(framesOf(FlvTagType.Audio) * 1024 / 48_000, 5)
  })
})
