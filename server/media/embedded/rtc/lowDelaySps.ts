import { BitReader, BitWriter } from './bits'

const PROFILES_WITH_CHROMA = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135])
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
    const references = readUpToVui(reader)
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

/** Answers max_num_ref_frames. */
function readUpToVui(reader: BitReader): number {
  const profile = reader.u(8)
  reader.u(16)
  reader.ue()
  if (PROFILES_WITH_CHROMA.has(profile))
    skipChroma(reader)
  reader.ue()
  skipPictureOrderCount(reader)
  const references = reader.ue()
  reader.u(1)
  reader.ue()
  reader.ue()
  if (!reader.flag())
    reader.u(1)
  reader.u(1)
  if (reader.flag())
    repeat(4, () => reader.ue())
  return references
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

function repeat(count: number, action: () => void) {
  for (let i = 0; i < count; i++)
    action()
}

/** 00 00 03 → 00 00 (ITU-T H.264, 7.4.1). */
function removeEmulationPrevention(bytes: Buffer): Buffer {
  return Buffer.from(bytes.filter((byte, i) => !(byte === 3 && i >= 2 && bytes[i - 1] === 0 && bytes[i - 2] === 0)))
}

function addEmulationPrevention(bytes: Buffer): Buffer {
  const out: number[] = []
  let zeros = 0
  for (const byte of bytes) {
    if (zeros >= 2 && byte <= 3) {
      out.push(3)
      zeros = 0
    }
    out.push(byte)
    zeros = byte === 0 ? zeros + 1 : 0
  }
  return Buffer.from(out)
}
