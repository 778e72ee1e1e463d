import type { CanvasShape } from '../../../shared/domain/layout'
import type { MediaPacket } from '../embedded/flv'
import { canvasShapeOf } from '../../../shared/domain/layout'
import { isAvc, parseAvcSequenceHeader } from '../embedded/flvFrames'
import { pictureSize } from '../embedded/rtc/sps'

const known = new WeakMap<MediaPacket, CanvasShape | 'unknown'>()

/** Of the pictures that a stream's video header announces. Undefined when there is none or it cannot be read. */
export function shapeOf(header: MediaPacket | undefined): CanvasShape | undefined {
  if (!header)
    return undefined
  let shape = known.get(header)
  if (!shape)
    known.set(header, shape = read(header))
  return shape === 'unknown' ? undefined : shape
}

function read({ payload }: MediaPacket): CanvasShape | 'unknown' {
  try {
    const size = isAvc(payload) ? pictureSize(parseAvcSequenceHeader(payload).sps) : undefined
    return size ? canvasShapeOf(size) : 'unknown'
  }
  catch {
    return 'unknown'
  }
}
