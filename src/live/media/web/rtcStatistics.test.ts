import { describe, expect, it } from 'vitest'
import { readRtcReport, rtcStatistics } from './rtcStatistics'

const report = (...entries: object[]) => new Map(entries.map((entry, index) => [String(index), entry])) as never

describe('statistics of WebRTC', () => {
  it('[PB17] a publisher: what left in the last second, what the network bears and what it lost', () => {
    const before = readRtcReport(report(
      { type: 'outbound-rtp', kind: 'video', bytesSent: 100_000, framesEncoded: 100, packetsSent: 1000 },
      { type: 'remote-inbound-rtp', packetsLost: 2 },
    ), 0)
    const now = readRtcReport(report(
      { type: 'outbound-rtp', kind: 'video', bytesSent: 200_000, framesEncoded: 124, frameWidth: 720, frameHeight: 1280, packetsSent: 1085 },
      { type: 'outbound-rtp', kind: 'audio', bytesSent: 5000, packetsSent: 10 },
      { type: 'remote-inbound-rtp', packetsLost: 7 },
      { type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.042, availableOutgoingBitrate: 900_000 },
      { type: 'candidate-pair', nominated: false, state: 'failed', currentRoundTripTime: 9 },
    ), 1000)
    expect(rtcStatistics(before, now, 'whip', 1800)).toEqual({ at: 1000, transport: 'whip', bitrateKbps: 840, fps: 24, width: 720, height: 1280, rttMs: 42, lossPercent: 5, capacityPercent: 50 })
  })

  it('[PB17] a viewer: what came, and how long it waited in the jitter buffer', () => {
    const before = readRtcReport(report({ type: 'inbound-rtp', kind: 'video', bytesReceived: 0, framesDecoded: 0, jitterBufferDelay: 1, jitterBufferEmittedCount: 10 }), 0)
    const now = readRtcReport(report({ type: 'inbound-rtp', kind: 'video', bytesReceived: 125_000, framesDecoded: 50, packetsReceived: 99, packetsLost: 1, jitterBufferDelay: 2, jitterBufferEmittedCount: 60 }), 2000)
    expect(rtcStatistics(before, now, 'whep')).toMatchObject({ transport: 'whep', bitrateKbps: 500, fps: 25, lossPercent: 1, bufferMs: 20 })
  })

  it('[PB17] a reconnection whose counters start anew gives no negative numbers', () => {
    const before = readRtcReport(report({ type: 'inbound-rtp', kind: 'video', bytesReceived: 9000, framesDecoded: 90, packetsLost: 5 }), 0)
    const now = readRtcReport(report({ type: 'inbound-rtp', kind: 'video', bytesReceived: 100, framesDecoded: 1, packetsLost: 0 }), 1000)
    expect(rtcStatistics(before, now, 'whep')).toMatchObject({ bitrateKbps: 0, fps: 0, lossPercent: 0 })
  })
})
