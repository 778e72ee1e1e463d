import { NalType, nalType } from './nalUnit'

/** Leaves room for SRTP, UDP, IP and a tunnel within the 1,500 bytes of Ethernet. */
const MAX_PAYLOAD_BYTES = 1200
const FU_HEADER_BYTES = 2

/** One NAL unit → RTP payloads (RFC 6184, packetization mode 1): as it is when it fits, else FU-A fragments. */
export function packetizeNal(nal: Buffer): Buffer[] {
  if (nal.length <= MAX_PAYLOAD_BYTES)
    return [nal]
  const indicator = (nal[0] & 0xE0) | NalType.FuA
  const step = MAX_PAYLOAD_BYTES - FU_HEADER_BYTES
  const payloads: Buffer[] = []
  for (let start = 1; start < nal.length; start += step) {
    const startBit = start === 1 ? 0x80 : 0
    const endBit = start + step >= nal.length ? 0x40 : 0
    payloads.push(Buffer.concat([Buffer.from([indicator, startBit | endBit | nalType(nal)]), nal.subarray(start, start + step)]))
  }
  return payloads
}
