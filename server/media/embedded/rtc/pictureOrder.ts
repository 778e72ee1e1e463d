import { nalType } from './nalUnit'

const REFERENCE_MASK = 0x60

/**
 * WebRTC shows pictures in the order in which they come, and knows no B-frames. A picture that is due before one that was
 * already sent is left out when no other refers to it; otherwise it goes at once, a moment late. With B-frames that are
 * not references (`b-pyramid=none`) the motion is even at a lower rate; without B-frames nothing changes.
 */
export class PictureOrder {
  private lastMs = -Infinity

  /** When to show the picture, in ms, or undefined to leave it out. */
  place(nalUnits: readonly Buffer[], presentationMs: number): number | undefined {
    if (presentationMs > this.lastMs) {
      this.lastMs = presentationMs
      return presentationMs
    }
    const isReference = nalUnits.some(nal => isSlice(nal) && (nal[0] & REFERENCE_MASK) !== 0)
    return isReference || presentationMs === this.lastMs ? this.lastMs : undefined
  }
}

const isSlice = (nal: Buffer): boolean => nalType(nal) >= 1 && nalType(nal) <= 5
