/** NAL unit types of H.264 (ITU-T H.264, table 7-1) and of its RTP payload (RFC 6184, table 1). */
export const NalType = { IdrSlice: 5, Sei: 6, Sps: 7, Pps: 8, AccessUnitDelimiter: 9, StapA: 24, FuA: 28 } as const

export const nalType = (nal: Buffer): number => nal[0] & 0x1F

export const isKeyPicture = (nalUnits: readonly Buffer[]): boolean => nalUnits.some(nal => nalType(nal) === NalType.IdrSlice)

/** 00 00 03 → 00 00 (ITU-T H.264, 7.4.1). */
export function removeEmulationPrevention(bytes: Buffer): Buffer {
  return Buffer.from(bytes.filter((byte, i) => !(byte === 3 && i >= 2 && bytes[i - 1] === 0 && bytes[i - 2] === 0)))
}

/** Back again: what goes into a NAL unit must not look like its start code. */
export function addEmulationPrevention(bytes: Buffer): Buffer {
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
