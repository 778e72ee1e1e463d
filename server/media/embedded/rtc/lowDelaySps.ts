import { BitReader, BitWriter } from './bits'
import { addEmulationPrevention, removeEmulationPrevention } from './nalUnit'
import { readUpToVui, repeat } from './sps'

const EXTENDED_SAR = 255

/**
 * The same SPS with "no picture is reordered" in it (ITU-T H.264, 7.3.2.1.1 and E.1.1). Without it a decoder must hold
 * pictures back in case B-frames come, and the one of WebRTC in browsers takes that for an error. Undefined when the SPS
 * cannot be read.
 */
export function lowDelaySps(sps: Buffer): Buffer | undefined {
  try {
    const payload = removeEmulationPrevention(sps.subarray(1))
    const reader = new BitReader(payload)
    const { references } = readUpToVui(reader)
    const hasVui = reader.flag()
    const writer = new BitWriter()
    if (hasVui) {
      readUpToRestriction(reader)
      writer.copy(payload, reader.consumed)
    }
    else {
      writer.copy(payload, reader.consumed - 1).u(1, 1).u(0, 8) // none of: aspect ratio, overscan, signal type, chroma location, timing, two HRDs, picture structure
    }
    // Motion vectors may leave the picture; the usual denominators and vector ranges; reordered 0; decoder keeps `references`.
    writer.u(1, 1).u(1, 1).ue(2).ue(1).ue(16).ue(16).ue(0).ue(references)
    return Buffer.concat([sps.subarray(0, 1), addEmulationPrevention(writer.finish())])
  }
  catch {
    return undefined
  }
}

/** Through the VUI, up to its bitstream_restriction_flag. */
function readUpToRestriction(reader: BitReader) {
  if (reader.flag() && reader.u(8) === EXTENDED_SAR)
    reader.u(32)
  if (reader.flag())
    reader.u(1)
  if (reader.flag()) {
    reader.u(4)
    if (reader.flag())
      reader.u(24)
  }
  if (reader.flag()) {
    reader.ue()
    reader.ue()
  }
  if (reader.flag()) {
    reader.u(32)
    reader.u(32)
    reader.u(1)
  }
  const hasNalHrd = reader.flag()
  if (hasNalHrd)
    skipHrd(reader)
  const hasVclHrd = reader.flag()
  if (hasVclHrd)
    skipHrd(reader)
  if (hasNalHrd || hasVclHrd)
    reader.u(1)
  reader.u(1)
}

function skipHrd(reader: BitReader) {
  const count = reader.ue() + 1
  reader.u(8)
  repeat(count, () => {
    reader.ue()
    reader.ue()
    reader.u(1)
  })
  reader.u(20)
}
