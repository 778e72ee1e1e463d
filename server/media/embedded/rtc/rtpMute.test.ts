import type { Mutes } from '../../MediaProvider'
import type { MediaKind, TimedRtpPacket } from './rtpPacket'
import { beforeEach, expect, it } from 'vitest'
import { createPacket, FlvTagType } from '../flv'
import { avcSequenceHeader } from '../flvFrames'
import { BlankPictures } from '../mute/blankPictures'
import { nalType } from './nalUnit'
import { RtpMute } from './rtpMute'
import { KEY_PICTURE, PICTURE } from './testing/FakePeers'

const HEADER = createPacket(FlvTagType.Video, 0, avcSequenceHeader(new BlankPictures({ width: 64, height: 64 }).parameterSets))
const MUTED: Mutes = { sound: true, picture: true }
const NONE: Mutes = { sound: false, picture: false }

let sent: { kind: MediaKind, packet: TimedRtpPacket }[]
let mute: RtpMute
beforeEach(() => {
  sent = []
  mute = new RtpMute((kind, packet) => void sent.push({ kind, packet }), () => HEADER)
})

const push = (sequenceNumber: number, at: number, payload: Buffer = PICTURE) => mute.push('video', { sequenceNumber, timestamp: at * 90, mediaMs: at, marker: true, payload })
/** Sequence number, milliseconds and NAL unit type; `own` is the publisher's. */
const pictures = () => sent.map(({ packet }) => `${packet.sequenceNumber} ${packet.timestamp / 90} ${packet.payload === PICTURE || packet.payload === KEY_PICTURE ? 'own' : nalType(packet.payload)}`)

it('[LM74] what is not muted passes as it is, the same packet', () => {
  const packet = { sequenceNumber: 7, timestamp: 0, mediaMs: 0, marker: true, payload: PICTURE }
  mute.push('video', packet)
  mute.push('audio', packet)
  expect(sent.every(({ packet: passed }) => passed === packet)).toBe(true)
})

it('[LM74] blank pictures follow without a hole and at once, with the publisher\'s times, and so does what comes back', () => {
  push(65_533, 0, KEY_PICTURE)
  push(65_534, 40)
  mute.change(MUTED)
  push(65_535, 80)
  push(0, 80) // a second packet of that picture
  push(1, 120)
  mute.change(NONE)
  push(2, 160)
  push(3, 200, KEY_PICTURE)
  push(4, 240)
  expect(pictures()).toEqual(['65533 0 own', '65534 40 own', '65535 41 7', '0 41 8', '1 41 5', '2 80 1', '3 120 1', '4 160 1', '5 200 own', '6 240 own'])
})

it('[LM74] what was overtaken by the return comes too late, and only that', () => {
  push(10, 0, KEY_PICTURE)
  mute.change(MUTED)
  mute.change(NONE)
  push(20, 200, KEY_PICTURE)
  push(18, 120)
  for (let number = 21; number < 70_000; number++)
    push(number & 0xFFFF, 200 + number)
  expect(sent).toHaveLength(1 + 3 + 1 + 70_000 - 21)
})

it('[LM74] while the picture is muted a viewer who asks gets a blank key picture with the next one', () => {
  push(10, 0, KEY_PICTURE)
  mute.change(MUTED)
  push(11, 40)
  mute.requestKeyFrame()
  push(12, 80)
  expect(pictures().slice(-4)).toEqual(['14 40 1', '15 80 7', '16 80 8', '17 80 5'])
})

it('[LM74] a stream that begins muted begins with a blank key picture', () => {
  mute.change(MUTED)
  push(500, 40, KEY_PICTURE)
  expect(pictures()).toEqual(['0 40 7', '1 40 8', '2 40 5'])
})

it('[LM71] sound keeps its numbers and times and has silence of the same length; a packet of nothing stays one', () => {
  mute.change(MUTED)
  for (const payload of [Buffer.from('fc010203', 'hex'), Buffer.alloc(0)])
    mute.push('audio', { sequenceNumber: 9, timestamp: 960, mediaMs: 20, marker: false, payload })
  mute.change(NONE)
  mute.push('audio', { sequenceNumber: 10, timestamp: 1920, mediaMs: 40, marker: false, payload: Buffer.from('fc', 'hex') })
  expect(sent.map(({ packet }) => [packet.sequenceNumber, packet.timestamp, packet.payload.toString('hex')])).toEqual([[9, 960, 'f8fffe'], [9, 960, ''], [10, 1920, 'fc']])
})
