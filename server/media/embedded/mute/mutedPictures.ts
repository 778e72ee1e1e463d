import type { MediaPacket } from '../flv'
import type { PictureSize } from '../rtc/sps'
import { createPacket, FlvTagType } from '../flv'
import { avcFrame, avcSequenceHeader, isAvc, parseAvcSequenceHeader } from '../flvFrames'
import { pictureSize } from '../rtc/sps'
import { BlankPictures } from './blankPictures'

/**
 * The pictures of a stream from the moment they are muted to the key frame at which they return: for each of the
 * publisher's a blank one of the same size. Only H.264 is replaced; other codecs are left out.
 */
export class MutedPictures {
  /** The publisher's pictures flow again. */
  isOver = false
  private blank?: BlankPictures
  private isKeyDue = true

  /** `header` is the publisher's own, `lastMs` the time of its last picture. */
  constructor(private header: MediaPacket | undefined, private readonly lastMs: number) {
    if (header)
      this.prepare(header)
  }

  /** What everybody is shown at once: a publisher whose camera stands still sends no picture to replace. */
  begin(): MediaPacket[] {
    return this.header ? [...this.blankHeader(this.lastMs), ...this.picture(this.lastMs + 1, true)] : []
  }

  /** What goes out in place of the publisher's `packet`. */
  pass(packet: MediaPacket, isMuted: boolean): MediaPacket[] {
    if (packet.isSequenceHeader) {
      const isChanged = !this.header?.payload.equals(packet.payload)
      this.header = packet
      if (!isChanged)
        return []
      this.prepare(packet)
      return this.blankHeader(packet.timestamp)
    }
    if (isMuted || !packet.isKeyFrame || !this.header)
      return this.picture(packet.timestamp, packet.isKeyFrame)
    this.isOver = true
    return [createPacket(FlvTagType.Video, packet.timestamp, this.header.payload), packet]
  }

  private prepare(header: MediaPacket) {
    this.blank = isAvc(header.payload) ? new BlankPictures(sizeOfHeader(header)) : undefined
    this.isKeyDue = true
  }

  private blankHeader(timestamp: number): MediaPacket[] {
    return this.blank ? [createPacket(FlvTagType.Video, timestamp, avcSequenceHeader(this.blank.parameterSets))] : []
  }

  private picture(timestamp: number, isKey: boolean): MediaPacket[] {
    if (!this.blank)
      return []
    const isKeyFrame = isKey || this.isKeyDue
    this.isKeyDue = false
    return [createPacket(FlvTagType.Video, timestamp, avcFrame([isKeyFrame ? this.blank.key() : this.blank.repeat()], isKeyFrame))]
  }
}

/** In pixels, by an AVC sequence header; undefined when it cannot be read. */
export function sizeOfHeader({ payload }: MediaPacket): PictureSize | undefined {
  try {
    return pictureSize(parseAvcSequenceHeader(payload).sps)
  }
  catch {
    return undefined // cut short
  }
}
