import type { Clock } from '../../../clock'
import type { MediaPacket } from '../flv'
import type { ParameterSets } from '../flvFrames'
import type { LiveStream } from '../liveStream'
import type { RtpTap } from '../publisher'
import type { StreamReader } from '../streamReader'
import type { AudioCodecs, AudioTranscoder } from './audioCodecs'
import type { MediaKind, TimedRtpPacket } from './rtpPacket'
import { FlvTagType } from '../flv'
import { aacData, isAac, isAvc, opusData, parseAvcFrame, parseAvcSequenceHeader } from '../flvFrames'
import { createAacToOpus } from './aacToOpus'
import { packetizeNal } from './h264Packetizer'
import { lowDelaySps } from './lowDelaySps'
import { isKeyPicture, NalType, nalType } from './nalUnit'
import { PictureOrder } from './pictureOrder'
import { CLOCK_RATE } from './rtpPacket'

/** Of no use inside RTP, or sent anew with each key frame. */
const OMITTED = new Set<number>([NalType.AccessUnitDelimiter, NalType.Sei, NalType.Sps, NalType.Pps])
/** What a newcomer is sent of the pictures since the last key frame; streams with longer ones start at the next. */
const MAX_GOP_BYTES = 3 << 20

export interface PacketizedStreamOptions {
  readonly stream: LiveStream
  readonly codecs?: AudioCodecs
  readonly clock: Clock
  readonly log: (message: string) => void
  /** The pictures need an order that WebRTC cannot give them; see PictureOrder. */
  readonly onUnshowable: () => void
  readonly onEnd: () => void
}

/** FLV → RTP: one packetizer and one transcoder for all WHEP viewers of an RTMP stream. */
export class PacketizedStream implements StreamReader {
  readonly isConverter = true
  readonly takesOpus = true
  readonly tap: RtpTap = { video: new Set(), audio: new Set(), backlog: () => this.gop }
  private parameterSets?: ParameterSets
  private order = new PictureOrder()
  private hasKeyFrame = false
  /** The pictures since the last key frame, with the sequence numbers they had. */
  private gop: TimedRtpPacket[] = []
  private gopBytes = 0
  private transcoder?: AudioTranscoder
  private aacConfig?: Buffer
  private readonly sequenceNumbers: Record<MediaKind, number> = { audio: 0, video: 0 }
  private readonly detach: () => void

  constructor(private readonly options: PacketizedStreamOptions) {
    this.detach = options.stream.attach(this)
  }

  /** Old sound would only delay the new. */
  start(backlog: readonly MediaPacket[]): void {
    for (const packet of backlog) {
      if (packet.type === FlvTagType.Video || packet.isSequenceHeader)
        this.receive(packet)
    }
  }

  receive(packet: MediaPacket): void {
    try {
      if (packet.type === FlvTagType.Video && isAvc(packet.payload))
        this.receiveVideo(packet)
      else if (packet.isOpus && !packet.isSequenceHeader)
        this.send('audio', opusData(packet.payload), packet.timestamp, false)
      else if (packet.type === FlvTagType.Audio && isAac(packet.payload))
        this.receiveAac(packet)
    }
    catch (error) {
      if (!(error instanceof RangeError)) // cut short: what cannot be read is left out
        throw error
    }
  }

  end(): void {
    this.stop()
  }

  stop(): void {
    this.detach()
    this.transcoder?.close()
    this.options.onEnd()
  }

  private receiveVideo({ payload, timestamp, isSequenceHeader }: MediaPacket) {
    if (isSequenceHeader) {
      const { sps, pps } = parseAvcSequenceHeader(payload)
      this.parameterSets = { sps: lowDelaySps(sps) ?? sps, pps }
      return
    }
    const { nalUnits, compositionOffset } = parseAvcFrame(payload)
    const picture = nalUnits.filter(nal => nal.length > 0 && !OMITTED.has(nalType(nal)))
    const isKeyFrame = isKeyPicture(picture)
    if (!this.parameterSets || picture.length === 0 || !(isKeyFrame || this.hasKeyFrame))
      return
    if (isKeyFrame)
      this.beginGop()
    const presentationMs = timestamp + compositionOffset
    const place = this.order.place(picture, presentationMs)
    if (place === 'unshowable')
      return this.options.onUnshowable()
    if (place === 'leaveOut')
      return
    const nals = isKeyFrame ? [this.parameterSets.sps, this.parameterSets.pps, ...picture] : picture
    const payloads = nals.flatMap(packetizeNal)
    payloads.forEach((part, index) => this.keep(this.send('video', part, presentationMs, index === payloads.length - 1)))
  }

  private beginGop() {
    this.hasKeyFrame = true
    this.gop = []
    this.gopBytes = 0
    this.order = new PictureOrder()
  }

  private keep(packet: TimedRtpPacket) {
    this.gopBytes += packet.payload.length
    if (this.gopBytes <= MAX_GOP_BYTES)
      this.gop.push(packet)
    else
      this.gop = [] // without its beginning the rest is of no use
  }

  private receiveAac({ payload, timestamp, isSequenceHeader }: MediaPacket) {
    const data = aacData(payload)
    if (!isSequenceHeader)
      this.transcoder?.push(Buffer.from(data), timestamp)
    else if (!this.aacConfig?.equals(data))
      this.transcodeFrom(Buffer.from(data))
  }

  private transcodeFrom(config: Buffer) {
    const { codecs, log, clock } = this.options
    this.aacConfig = config
    this.transcoder?.close()
    this.transcoder = codecs && createAacToOpus(codecs, config, (packet, timeMs) => this.send('audio', packet, timeMs, false), log, clock.now)
  }

  private send(kind: MediaKind, payload: Buffer, mediaMs: number, marker: boolean): TimedRtpPacket {
    const sequenceNumber = this.sequenceNumbers[kind]
    this.sequenceNumbers[kind] = (sequenceNumber + 1) & 0xFFFF
    const packet = { sequenceNumber, timestamp: Math.round(mediaMs * CLOCK_RATE[kind] / 1000) >>> 0, marker, payload, mediaMs }
    for (const listener of this.tap[kind])
      listener(packet)
    return packet
  }
}
