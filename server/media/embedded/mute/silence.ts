/** Sound that is none, as long as what it stands for: players with a buffer for each track stand still when one of them ends. */
import { BitWriter } from '../rtc/bits'

/** Syntactic elements of an AAC frame by channelConfiguration (ISO 14496-3, tables 1.19 and 4.85). */
const Element = { Single: 0, Pair: 1, LowFrequency: 3, End: 7 } as const
const { Single, Pair, LowFrequency } = Element
const ELEMENTS: readonly (readonly number[])[] = [
  [Pair], // 0: defined elsewhere; nearly always stereo
  [Single],
  [Pair],
  [Single, Pair],
  [Single, Pair, Single],
  [Single, Pair, Pair],
  [Single, Pair, Pair, LowFrequency],
  [Single, Pair, Pair, Pair, LowFrequency],
]

/** A raw AAC-LC frame (raw_data_block, ISO 14496-3, 4.4.2.1) in which no band has a spectrum. */
export function silentAac(channelConfiguration: number): Buffer {
  const writer = new BitWriter()
  const used = new Map<number, number>()
  for (const element of ELEMENTS[channelConfiguration] ?? ELEMENTS[0]) {
    const tag = used.get(element) ?? 0
    used.set(element, tag + 1)
    writer.u(element, 3).u(tag, 4)
    if (element === Pair) {
      windowOfNoBand(writer.u(1, 1)).u(0, 2) // common_window; no mid/side stereo
      nothing(nothing(writer.u(0, 8)).u(0, 8)) // global_gain of each channel
    }
    else {
      nothing(windowOfNoBand(writer.u(0, 8)))
    }
  }
  return writer.u(Element.End, 3).align()
}

/** ics_info: a long window, max_sfb 0, no prediction. */
const windowOfNoBand = (writer: BitWriter) => writer.u(0, 1).u(0, 2).u(0, 1).u(0, 6).u(0, 1)
/** No pulses, no temporal noise shaping, no gain control. */
const nothing = (writer: BitWriter) => writer.u(0, 3)

/** A CELT frame whose first symbol says "silence" (RFC 6716, 4.3), for any frame length. With its TOC byte it is the well-known F8 FF FE. */
const SILENT_FRAME = Buffer.from([0xFF, 0xFE])
/** The CELT configurations of full band begin here; each next one has frames twice as long (RFC 6716, table 2). */
const FULL_BAND = 28
const CELT_MS = [2.5, 5, 10, 20]
const SILK_MS = [10, 20, 40, 60]
const HYBRID_MS = [10, 20]
const LONGEST_PACKET_MS = 120

/** An Opus packet of silence (RFC 6716, 3.2) that lasts as long as `packet`. */
export function silentOpus(packet: Buffer): Buffer {
  const { frameMs, frames } = opusTiming(packet)
  const unitMs = Math.min(frameMs, 20)
  const count = Math.max(1, Math.min(frames * frameMs, LONGEST_PACKET_MS) / unitMs)
  const toc = (FULL_BAND + CELT_MS.indexOf(unitMs)) << 3
  const head = count === 1 ? [toc] : [toc | 3, count]
  return Buffer.concat([Buffer.from(head), ...Array.from({ length: count }, () => SILENT_FRAME)])
}

function opusTiming(packet: Buffer): { frameMs: number, frames: number } {
  if (packet.length === 0)
    return { frameMs: 20, frames: 1 }
  const configuration = packet[0] >> 3
  const frameMs = configuration < 12 ? SILK_MS[configuration & 3] : configuration < 16 ? HYBRID_MS[configuration & 1] : CELT_MS[configuration & 3]
  const code = packet[0] & 3
  return { frameMs, frames: code === 0 ? 1 : code === 3 ? (packet[1] ?? 1) & 0x3F : 2 }
}
