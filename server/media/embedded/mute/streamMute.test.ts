import type { Mutes } from '../../MediaProvider'
import type { MediaPacket } from '../flv'
import type { Publisher } from '../publisher'
import { beforeEach, describe, expect, it } from 'vitest'
import { VirtualClock } from '../../../testing/VirtualClock'
import { createPacket, FlvTagType } from '../flv'
import { aacFrame, aacSequenceHeader, avcFrame, avcSequenceHeader, opusFrame, opusSequenceHeader, parseAvcFrame, parseAvcSequenceHeader } from '../flvFrames'
import { isRefusal, StreamHub } from '../streamHub'
import { nameOf } from '../testing/packets'
import { BlankPictures } from './blankPictures'
import { silentAac } from './silence'

const STREAM = 'r23456-u23456'
const SOUND: Mutes = { sound: true, picture: false }
const PICTURE: Mutes = { sound: false, picture: true }
const BOTH: Mutes = { sound: true, picture: true }
const NONE: Mutes = { sound: false, picture: false }
/** The publisher's: 320 × 192, AAC of 44.1 kHz in mono, and what nobody must see or hear. */
const HEADER = avcSequenceHeader({ sps: new BlankPictures({ width: 320, height: 192 }).parameterSets.sps, pps: Buffer.from('68ce3c80', 'hex') })
const SECRET = Buffer.from('secret')
const MONO = Buffer.from([0x12, 0x08])
const picture = (isKeyFrame: boolean) => avcFrame([Buffer.concat([Buffer.from([isKeyFrame ? 0x65 : 0x41]), SECRET])], isKeyFrame)

let hub: StreamHub
let asked: number
beforeEach(() => {
  hub = new StreamHub({ clock: new VirtualClock() })
  asked = 0
})

function publish() {
  const publisher: Publisher = { id: 's1', kind: 'rtmp', close() {}, requestKeyFrame: () => void asked++ }
  const stream = hub.publish(STREAM, 'trusted', publisher)
  if (isRefusal(stream))
    throw new Error(stream)
  return {
    stream,
    begin() {
      stream.push(FlvTagType.Video, 0, HEADER)
      stream.push(FlvTagType.Audio, 0, aacSequenceHeader(MONO))
    },
    key: (at: number) => stream.push(FlvTagType.Video, at, picture(true)),
    inter: (at: number) => stream.push(FlvTagType.Video, at, picture(false)),
    aac: (at: number) => stream.push(FlvTagType.Audio, at, aacFrame(SECRET)),
    watch(takesOpus = false) {
      const packets: MediaPacket[] = []
      stream.attach({ takesOpus, start: backlog => void packets.push(...backlog), receive: packet => void packets.push(packet), end() {} })
      return packets
    },
  }
}

/** As nameOf; capital S behind what is the publisher's own. */
const names = (packets: readonly MediaPacket[]) => packets.map(packet => nameOf(packet) + (packet.payload.includes(SECRET) || packet.payload.equals(HEADER) ? 'S' : ''))

describe('a muted stream', () => {
  it('[LM71] has a silent frame for every one of the publisher\'s, with its time and channels, and its pictures', () => {
    const { begin, key, inter, aac, watch } = publish()
    begin()
    key(0)
    const seen = watch()
    hub.mute(STREAM, SOUND)
    aac(10)
    inter(40)
    hub.mute(STREAM, NONE)
    aac(33)
    expect(names(seen)).toEqual(['v0S', 'A0', 'k0S', 'a10', 'i40S', 'a33S'])
    expect(seen[3].payload).toEqual(aacFrame(silentAac(1)))
  })

  it('[LM71] is silent in both versions of its sound', () => {
    const { stream, begin, watch } = publish()
    begin()
    stream.push(FlvTagType.Audio, 0, opusSequenceHeader(Buffer.from('OpusHead')))
    const seen = watch(true)
    hub.mute(STREAM, SOUND)
    stream.push(FlvTagType.Audio, 20, opusFrame(Buffer.concat([Buffer.from([0xFC]), SECRET])))
    expect(seen.at(-1)!.payload).toEqual(opusFrame(Buffer.from('f8fffe', 'hex')))
  })

  it('[LM71] of a codec whose silence is not known has no sound', () => {
    const { stream, begin, watch } = publish()
    begin()
    const seen = watch()
    hub.mute(STREAM, SOUND)
    stream.push(FlvTagType.Audio, 20, Buffer.from([0x2F, 1, 2, 3])) // MP3
    expect(names(seen)).toEqual(['v0S', 'A0'])
  })

  it('[LM72] goes black at once, with a header of the same size, and stays so picture by picture', () => {
    const { begin, key, inter, aac, watch } = publish()
    begin()
    key(0)
    inter(40)
    const seen = watch()
    hub.mute(STREAM, PICTURE)
    inter(80)
    aac(90)
    key(120)
    expect(names(seen)).toEqual(['v0S', 'A0', 'k0S', 'i40S', 'v40', 'k41', 'i80', 'a90S', 'k120'])
    const [header, ...pictures] = seen.slice(4).filter(({ type }) => type === FlvTagType.Video)
    const blank = new BlankPictures({ width: 320, height: 192 })
    expect(parseAvcSequenceHeader(header.payload)).toEqual(blank.parameterSets)
    expect(pictures.map(({ payload }) => parseAvcFrame(payload).nalUnits)).toEqual([[blank.key()], [blank.repeat()], [blank.key()]])
  })

  it('[LM72] shows and tells newcomers nothing from before', () => {
    const { begin, key, inter, aac, watch } = publish()
    begin()
    key(0)
    aac(10)
    inter(40)
    hub.mute(STREAM, SOUND)
    expect(names(watch())).toEqual(['v0S', 'A0', 'k0S', 'a10', 'i40S'])
    hub.mute(STREAM, BOTH)
    expect(names(watch())).toEqual(['v40', 'A0', 'k41'])
    inter(80)
    expect(names(watch())).toEqual(['v40', 'A0', 'k41', 'i80'])
  })

  it('[LM72] follows the publisher\'s size', () => {
    const { stream, begin, key, inter, watch } = publish()
    begin()
    key(0)
    hub.mute(STREAM, PICTURE)
    const seen = watch()
    const turned = new BlankPictures({ width: 192, height: 320 }).parameterSets
    stream.push(FlvTagType.Video, 80, avcSequenceHeader(turned))
    inter(80)
    expect(names(seen).slice(-2)).toEqual(['v80', 'k80'])
    expect(parseAvcSequenceHeader(seen.at(-2)!.payload)).toEqual(turned)
  })

  it('[LM73] has its picture back with the next key frame, which is asked for, behind the publisher\'s own header', () => {
    const { begin, key, inter, watch } = publish()
    begin()
    key(0)
    hub.mute(STREAM, PICTURE)
    const seen = watch()
    const before = asked
    hub.mute(STREAM, NONE)
    expect(asked).toBe(before + 1)
    inter(40)
    key(80)
    inter(120)
    expect(names(seen).slice(-4)).toEqual(['i40', 'v80S', 'k80S', 'i120S'])
    expect(names(watch())).toEqual(['v80S', 'A0', 'k80S', 'i120S'])
  })

  it('[LM73] stays black when it is muted again before that', () => {
    const { begin, key, watch } = publish()
    begin()
    key(0)
    hub.mute(STREAM, PICTURE)
    hub.mute(STREAM, NONE)
    hub.mute(STREAM, PICTURE)
    const seen = watch()
    key(80)
    expect(names(seen).at(-1)).toBe('k80')
  })

  it('[LM70] is muted again when its publisher comes back, until that is changed', () => {
    const first = publish()
    hub.mute(STREAM, BOTH)
    hub.unpublish(first.stream)
    const second = publish()
    const seen = second.watch()
    second.begin()
    second.key(0)
    second.aac(10)
    expect(names(seen)).toEqual(['v0', 'A0', 'k0', 'a10'])
    hub.mute(STREAM, NONE)
    hub.unpublish(second.stream)
    const third = publish()
    third.begin()
    third.key(0)
    expect(names(third.watch())).toEqual(['v0S', 'A0', 'k0S'])
  })

  it('[LM70] one stream\'s mutes are nobody else\'s, and are kept before there is a stream', () => {
    hub.mute('r23456-uother0', BOTH)
    const { begin, key, watch } = publish()
    begin()
    key(0)
    expect(names(watch())).toEqual(['v0S', 'A0', 'k0S'])
  })

  it('[LM70] a stream whose header cannot be read is muted too', () => {
    const { stream, watch } = publish()
    stream.push(FlvTagType.Video, 0, Buffer.from('170000000001', 'hex'))
    hub.mute(STREAM, BOTH)
    const seen = watch()
    stream.push(FlvTagType.Video, 40, picture(true))
    expect(names(seen)).toEqual(['v0', 'k1', 'k40'])
    expect(createPacket(FlvTagType.Video, 0, seen[0].payload).isSequenceHeader).toBe(true)
  })
})
