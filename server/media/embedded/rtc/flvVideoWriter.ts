import type { LiveStream } from '../liveStream'
import type { AccessUnit } from './h264Depacketizer'
import { FlvTagType } from '../flv'
import { avcFrame, avcSequenceHeader } from '../flvFrames'
import { isKeyPicture, NalType, nalType } from './nalUnit'

/** Pictures → FLV. Parameter sets leave the pictures and become the sequence header. */
export class FlvVideoWriter {
  private sps?: Buffer
  private pps?: Buffer
  private isHeaderDue = true
  private isWaitingForKeyFrame = true
  private lastMs = 0

  constructor(private readonly stream: LiveStream) {}

  /** What follows a loss refers to pictures that nobody has: it is worth showing again from the next key frame on. */
  waitForKeyFrame(): void {
    this.isWaitingForKeyFrame = true
  }

  write({ mediaMs, nalUnits }: AccessUnit): void {
    const picture = nalUnits.filter(nal => this.isPicture(nal))
    if (!this.sps || !this.pps || picture.length === 0)
      return
    const isKeyFrame = isKeyPicture(picture)
    if (this.isWaitingForKeyFrame && !isKeyFrame)
      return
    this.isWaitingForKeyFrame = false
    this.lastMs = Math.max(this.lastMs, Math.round(mediaMs))
    // Browsers short of CPU or bandwidth change the resolution, hence the SPS, in the middle of a stream.
    if (this.isHeaderDue && isKeyFrame) {
      this.stream.push(FlvTagType.Video, this.lastMs, avcSequenceHeader({ sps: this.sps, pps: this.pps }))
      this.isHeaderDue = false
    }
    this.stream.push(FlvTagType.Video, this.lastMs, avcFrame(picture, isKeyFrame))
  }

  private isPicture(nal: Buffer): boolean {
    const type = nalType(nal)
    if (type === NalType.Sps)
      this.sps = this.replaced(this.sps, nal)
    else if (type === NalType.Pps)
      this.pps = this.replaced(this.pps, nal)
    else
      return type !== NalType.Sei && type !== NalType.AccessUnitDelimiter
    return false
  }

  private replaced(old: Buffer | undefined, nal: Buffer): Buffer {
    if (old?.equals(nal))
      return old
    this.isHeaderDue = true
    return Buffer.from(nal) // a copy: `nal` is a view into a socket's buffer
  }
}
