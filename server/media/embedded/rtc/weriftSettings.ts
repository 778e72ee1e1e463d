import type { RTCPeerConnectionConfig } from 'werift'
import { RTCRtpCodecParameters } from 'werift'
import { LOOPBACK } from './candidates'
import { CLOCK_RATE } from './rtpPacket'

/** H.264 and Opus, one socket, no questions to anybody. */
export function weriftSettings(): RTCPeerConnectionConfig {
  return {
    codecs: {
      video: [new RTCRtpCodecParameters({
        mimeType: 'video/H264',
        clockRate: CLOCK_RATE.video,
        payloadType: 102,
        rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'goog-remb' }],
        parameters: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
      })],
      audio: [new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: CLOCK_RATE.audio, channels: 2, payloadType: 111 })],
    },
    iceServers: [],
    // The one candidate is bound to every address of the machine; writeCandidates() names them.
    iceUseIpv4: false,
    iceUseIpv6: false,
    iceAdditionalHostAddresses: [LOOPBACK],
    iceLite: true,
    bundlePolicy: 'max-bundle',
  }
}
