import type { Mutes } from '../../MediaProvider'
import type { MediaPacket } from '../flv'
import type { MediaKind, TimedRtpPacket } from './rtpPacket'
import { BlankPictures } from '../mute/blankPictures'
import { sizeOfHeader } from '../mute/mutedPictures'
import { silentOpus } from '../mute/silence'
import { beginsKeyFrame } from './freshGop'
import { packetizeNal } from './h264Packetizer'
import { CLOCK_RATE, sequenceDistance, timestampDistance } from './rtpPacket'

/** A packet that was overtaken by more than this many others does not come any more. */
const LATE_PACKETS = 1000
/** RTP ticks of a millisecond. */
const TICKS = CLOCK_RATE.video / 1000

/**
 * A WHIP publisher's packets on their way to WHEP viewers: as they came, or silence and blank pictures. Where one goes
 * over into the other the sequence numbers have no hole: a viewer would ask for what was never sent.
 */
export class RtpMute {
  private mutes: Mutes = { sound: false, picture: false }
  /** From the mute of the picture to the key frame with which it returns. */
  private isBlank = false
  private isKeyDue = false
  private blank?: BlankPictures
  private blankFor?: MediaPacket
  /** Added to the publisher's sequence numbers. */
  private shift = 0
  /** The publisher's number with which its pictures returned; what is older came too late. */
  private returnedAt?: number
  /** The newest picture packet that went out. */
  private last?: TimedRtpPacket

  /** `header` answers the stream's video header, which tells the pictures' size. */
  constructor(private readonly emit: (kind: MediaKind, packet: TimedRtpPacket) => void, private readonly header: () => MediaPacket | undefined) {}

  change(mutes: Mutes): void {
    this.mutes = mutes
    if (!mutes.picture || this.isBlank)
      return
    this.isBlank = true
    this.isKeyDue = true
    if (this.last)
      this.sendBlank(this.last.timestamp + TICKS, this.last.mediaMs + 1)
  }

  requestKeyFrame(): void {
    this.isKeyDue = true
  }

  push(kind: MediaKind, packet: TimedRtpPacket): void {
    if (kind === 'audio')
      return this.emit(kind, this.mutes.sound && packet.payload.length > 0 ? { ...packet, payload: silentOpus(packet.payload) } : packet)
    if (this.isBlank && !this.mutes.picture && beginsKeyFrame(packet.payload))
      this.resume(packet.sequenceNumber)
    if (!this.isBlank)
      this.forward(packet)
    else if (!this.last || timestampDistance(this.last.timestamp, packet.timestamp) > 0)
      this.sendBlank(packet.timestamp, packet.mediaMs)
  }

  private resume(sequenceNumber: number) {
    this.isBlank = false
    this.returnedAt = sequenceNumber
    this.shift = this.last ? this.last.sequenceNumber + 1 - sequenceNumber : 0
  }

  private forward(packet: TimedRtpPacket) {
    if (this.returnedAt !== undefined) {
      const distance = sequenceDistance(this.returnedAt, packet.sequenceNumber)
      if (distance < 0)
        return
      if (distance > LATE_PACKETS)
        this.returnedAt = undefined
    }
    this.send(this.shift === 0 ? packet : { ...packet, sequenceNumber: (packet.sequenceNumber + this.shift) & 0xFFFF })
  }

  private sendBlank(timestamp: number, mediaMs: number) {
    this.follow(this.header())
    if (!this.blank)
      return
    const { sps, pps } = this.blank.parameterSets
    const nalUnits = this.isKeyDue ? [sps, pps, this.blank.key()] : [this.blank.repeat()]
    this.isKeyDue = false
    const payloads = nalUnits.flatMap(packetizeNal)
    payloads.forEach((payload, index) => {
      const sequenceNumber = this.last ? (this.last.sequenceNumber + 1) & 0xFFFF : 0
      this.send({ sequenceNumber, timestamp: timestamp >>> 0, mediaMs, payload, marker: index === payloads.length - 1 })
    })
  }

  /** The size may change, also while nobody sees the picture. */
  private follow(header: MediaPacket | undefined) {
    if (!header || header === this.blankFor)
      return
    this.blankFor = header
    this.blank = new BlankPictures(sizeOfHeader(header))
    this.isKeyDue = true
  }

  private send(packet: TimedRtpPacket) {
    if (!this.last || sequenceDistance(this.last.sequenceNumber, packet.sequenceNumber) > 0)
      this.last = packet
    this.emit('video', packet)
  }
}
