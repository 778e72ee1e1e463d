/** NAL unit types of H.264 (ITU-T H.264, table 7-1) and of its RTP payload (RFC 6184, table 1). */
export const NalType = { IdrSlice: 5, Sei: 6, Sps: 7, Pps: 8, AccessUnitDelimiter: 9, StapA: 24, FuA: 28 } as const

export const nalType = (nal: Buffer): number => nal[0] & 0x1F

export const isKeyPicture = (nalUnits: readonly Buffer[]): boolean => nalUnits.some(nal => nalType(nal) === NalType.IdrSlice)
