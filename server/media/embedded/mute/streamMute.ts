import type { Mutes } from '../../MediaProvider'
import type { MediaPacket } from '../flv'
import { createPacket, FlvTagType } from '../flv'
import { aacData, aacFrame, isAac, opusData, opusFrame } from '../flvFrames'
import { readAacConfig } from '../rtc/aacToOpus'
import { MutedPictures } from './mutedPictures'
import { silentAac, silentOpus } from './silence'

/** What the readers of one publication get while it is muted. Of sound that is neither AAC nor Opus they get none. */
export class StreamMute {
  private mutes: Mutes = { sound: false, picture: false }
  private pictures?: MutedPictures

  constructor(private audioHeader?: MediaPacket) {}

  /** Everything passes as it came. */
  get isOver(): boolean {
    return !this.mutes.sound && !this.pictures
  }

  /** The picture is wanted back and waits for the publisher's next key frame. */
  get isReturning(): boolean {
    return this.pictures !== undefined && !this.mutes.picture
  }

  /** The last picture came at `lastPictureMs`. Returns what goes out at once. */
  change(mutes: Mutes, videoHeader: MediaPacket | undefined, lastPictureMs: number): MediaPacket[] {
    this.mutes = mutes
    if (!mutes.picture || this.pictures)
      return []
    this.pictures = new MutedPictures(videoHeader, lastPictureMs)
    return this.pictures.begin()
  }

  /** What goes out in place of the publisher's packet. */
  pass(packet: MediaPacket): readonly MediaPacket[] {
    if (packet.type === FlvTagType.Audio)
      return this.sound(packet)
    if (packet.type !== FlvTagType.Video || !this.pictures)
      return [packet]
    const pictures = this.pictures.pass(packet, this.mutes.picture)
    if (this.pictures.isOver)
      this.pictures = undefined
    return pictures
  }

  /** What a newcomer may have of a packet that came before. */
  recall(packet: MediaPacket): readonly MediaPacket[] {
    if (packet.type === FlvTagType.Video && this.pictures)
      return []
    return packet.type === FlvTagType.Audio ? this.sound(packet) : [packet]
  }

  private sound(packet: MediaPacket): readonly MediaPacket[] {
    const { payload, timestamp, isSequenceHeader, isOpus } = packet
    if (isSequenceHeader && isAac(payload))
      this.audioHeader = packet
    if (isSequenceHeader || !this.mutes.sound)
      return [packet]
    if (isOpus)
      return [createPacket(FlvTagType.Audio, timestamp, opusFrame(silentOpus(opusData(payload))))]
    if (isAac(payload) && this.audioHeader)
      return [createPacket(FlvTagType.Audio, timestamp, aacFrame(silentAac(readAacConfig(aacData(this.audioHeader.payload)).numberOfChannels)))]
    return []
  }
}
