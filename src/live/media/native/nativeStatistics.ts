/** `netstatus` of the native tags → MediaStatistics. */
import type { Way } from '../recovery/recoveryState'
import type { MediaStatistics } from '@/src/live/components/media'

/** The fields of `detail.info` that we read; each may be missing. */
export interface NativeNetInfo {
  /** kbit/s */
  readonly videoBitrate?: number
  /** kbit/s */
  readonly audioBitrate?: number
  readonly videoFPS?: number
  readonly videoWidth?: number
  readonly videoHeight?: number
  /** kbit/s, everything on the wire. */
  readonly netSpeed?: number
  /** 0 unknown, 1 best … 5 very bad, 6 down */
  readonly netQualityLevel?: number
  /** Players: ms of picture waiting. */
  readonly videoCache?: number
}

const POOR_QUALITY_LEVEL = 4

/** `complaints` are the codes of a weak network since the last look. */
export function nativeStatistics(info: NativeNetInfo, transport: Way, at: number, complaints: number): MediaStatistics {
  const isPoor = (info.netQualityLevel ?? 0) >= POOR_QUALITY_LEVEL
  return {
    at,
    transport,
    bitrateKbps: info.netSpeed || (info.videoBitrate ?? 0) + (info.audioBitrate ?? 0),
    fps: info.videoFPS ?? 0,
    width: info.videoWidth ?? 0,
    height: info.videoHeight ?? 0,
    warnings: complaints + (isPoor ? 1 : 0),
  }
}

/** `<live-player>` counts its cache in milliseconds, `<live-pusher>` in frames. */
export function nativePlayerStatistics(info: NativeNetInfo, transport: Way, at: number, complaints: number): MediaStatistics {
  const statistics = nativeStatistics(info, transport, at, complaints)
  return info.videoCache === undefined ? statistics : { ...statistics, bufferMs: info.videoCache }
}
