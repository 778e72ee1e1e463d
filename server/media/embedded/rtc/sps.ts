/** What of a sequence parameter set of H.264 (ITU-T H.264, 7.3.2.1.1) others need to know. */
import { BitReader } from './bits'
import { removeEmulationPrevention } from './nalUnit'

const PROFILES_WITH_CHROMA = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135])
/** Side of a macroblock. */
const BLOCK = 16

export interface PictureSize {
  readonly width: number
  readonly height: number
}

export interface SpsHead extends PictureSize {
  /** max_num_ref_frames */
  readonly references: number
}

/** In pixels, of 4:2:0 pictures; undefined when the SPS cannot be read. */
export function pictureSize(sps: Buffer): PictureSize | undefined {
  try {
    const { width, height } = readUpToVui(new BitReader(removeEmulationPrevention(sps.subarray(1))))
    return { width, height }
  }
  catch {
    return undefined
  }
}

/** Reads the SPS (without its NAL header and emulation prevention) up to and without vui_parameters_present_flag. Throws a RangeError when it is cut short. */
export function readUpToVui(reader: BitReader): SpsHead {
  const profile = reader.u(8)
  reader.u(16)
  reader.ue()
  if (PROFILES_WITH_CHROMA.has(profile))
    skipChroma(reader)
  reader.ue()
  skipPictureOrderCount(reader)
  const references = reader.ue()
  reader.u(1)
  const widthBlocks = reader.ue() + 1
  const heightUnits = reader.ue() + 1
  const fields = reader.flag() ? 1 : 2 // without frame_mbs_only_flag a unit is a block of each field
  if (fields === 2)
    reader.u(1)
  reader.u(1)
  const [left, right, top, bottom] = reader.flag() ? [reader.ue(), reader.ue(), reader.ue(), reader.ue()] : [0, 0, 0, 0]
  return {
    references,
    width: widthBlocks * BLOCK - (left + right) * 2,
    height: (heightUnits * BLOCK - (top + bottom) * 2) * fields,
  }
}

function skipChroma(reader: BitReader) {
  const chromaFormat = reader.ue()
  if (chromaFormat === 3)
    reader.u(1)
  reader.ue()
  reader.ue()
  reader.u(1)
  if (!reader.flag())
    return
  for (let list = 0; list < (chromaFormat === 3 ? 12 : 8); list++) {
    if (reader.flag())
      skipScalingList(reader, list < 6 ? 16 : 64)
  }
}

function skipScalingList(reader: BitReader, size: number) {
  let last = 8
  let next = 8
  for (let i = 0; i < size; i++) {
    if (next !== 0)
      next = (last + reader.se() + 256) % 256
    last = next === 0 ? last : next
  }
}

function skipPictureOrderCount(reader: BitReader) {
  const type = reader.ue()
  if (type === 0) {
    reader.ue()
  }
  else if (type === 1) {
    reader.u(1)
    reader.se()
    reader.se()
    repeat(reader.ue(), () => reader.se())
  }
}

export function repeat(count: number, action: () => void) {
  for (let i = 0; i < count; i++)
    action()
}
