import { ReceiverEstimatedMaxBitrate, RtcpPayloadSpecificFeedback } from 'werift'

const MANTISSA_BITS = 18

/**
 * "You may send this much" (draft-alvestrand-rmcat-remb-03). A browser that never hears it crawls up from 300 kbit/s by
 * 8 % a second; with it, loss alone holds it back.
 */
export function remb(senderSsrc: number, mediaSsrc: number, kbps: number): RtcpPayloadSpecificFeedback {
  const bitrate = kbps * 1000
  const brExp = Math.max(0, Math.floor(Math.log2(bitrate)) + 1 - MANTISSA_BITS)
  const brMantissa = Math.floor(bitrate / 2 ** brExp)
  const feedback = new ReceiverEstimatedMaxBitrate({ senderSsrc, mediaSsrc: 0, ssrcNum: 1, brExp, brMantissa, ssrcFeedbacks: [mediaSsrc] })
  return new RtcpPayloadSpecificFeedback({ feedback })
}
