import type { LiveStream } from '../liveStream'
import { FlvTagType } from '../flv'
import { isAvc, parseAvcFrame } from '../flvFrames'
import { nalType } from './nalUnit'

const REFERENCE_MASK = 0x60

/**
 * WebRTC shows pictures in the order in which they come, and knows no B-frames. A picture that is due before one that was
 * already sent is left out when no other refers to it: the motion is even, at a lower rate. When another refers to it
 * (x264's `b-pyramid`) it can neither go nor be left out, and the stream cannot be shown.
 */
export class PictureOrder {
  private lastMs = -Infinity

  place(nalUnits: readonly Buffer[], presentationMs: number): 'show' | 'leaveOut' | 'unshowable' {
    if (presentationMs >= this.lastMs) {
      this.lastMs = presentationMs
      return 'show'
    }
    const isReference = nalUnits.some(nal => isSlice(nal) && (nal[0] & REFERENCE_MASK) !== 0)
    return isReference ? 'unshowable' : 'leaveOut'
  }
}

/** Judged by the pictures since the last key frame; a stream that has just begun gets the benefit of the doubt. */
export function isShowable(stream: LiveStream): boolean {
  const order = new PictureOrder()
  let showable = true
  const detach = stream.attach({
    isConverter: true,
    start(backlog) {
      for (const { type, payload, timestamp, isSequenceHeader } of backlog) {
        if (type !== FlvTagType.Video || isSequenceHeader || !isAvc(payload))
          continue
        const { nalUnits, compositionOffset } = parseAvcFrame(payload)
        showable &&= order.place(nalUnits, timestamp + compositionOffset) !== 'unshowable'
      }
    },
    receive() {},
    end() {},
  })
  detach()
  return showable
}

const isSlice = (nal: Buffer): boolean => nalType(nal) >= 1 && nalType(nal) <= 5
