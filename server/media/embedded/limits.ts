/** What strangers may cost us. Every limit has a safe default and an environment variable of its own. */
export const MEDIA_LIMITS = {
  messageBytes: { env: 'RTMP_MESSAGE_BYTES', value: 4 << 20, about: 'largest RTMP message, hence largest picture' },
  chunkStreams: { env: 'RTMP_CHUNK_STREAMS', value: 32, about: 'RTMP chunk streams on one connection' },
  chunkBytes: { env: 'RTMP_CHUNK_BYTES', value: 16 << 20, about: 'largest RTMP chunk size a peer may announce' },
  connections: { env: 'RTMP_CONNECTIONS', value: 1000, about: 'RTMP connections in all' },
  connectionsPerAddress: { env: 'RTMP_CONNECTIONS_PER_ADDRESS', value: 100, about: 'RTMP connections from one address' },
  handshakeMs: { env: 'RTMP_HANDSHAKE_MS', value: 10_000, about: 'time from connecting to publishing or playing' },
  idleMs: { env: 'RTMP_IDLE_MS', value: 15_000, about: 'silence after which an RTMP publisher is given up' },
  publisherKbps: { env: 'MEDIA_PUBLISHER_KBPS', value: 20_000, about: 'bitrate of a publisher, averaged over five seconds' },
  streams: { env: 'MEDIA_STREAMS', value: 200, about: 'streams published at the same time' },
  readers: { env: 'MEDIA_READERS', value: 5000, about: 'readers of all streams together' },
  gopCacheBytes: { env: 'MEDIA_GOP_CACHE_BYTES', value: 3 << 20, about: 'what a stream keeps for late readers' },
  gopCacheMs: { env: 'MEDIA_GOP_CACHE_MS', value: 12_000, about: 'and for how long without a key frame' },
  slowReaderBytes: { env: 'MEDIA_SLOW_READER_BYTES', value: 512 << 10, about: 'unsent bytes from which a reader skips to a key frame' },
  deadReaderBytes: { env: 'MEDIA_DEAD_READER_BYTES', value: 4 << 20, about: 'unsent bytes at which a reader is cut off' },
  rtcSessions: { env: 'RTC_SESSIONS', value: 300, about: 'WebRTC publishers and viewers in all' },
  rtcSessionsPerAddress: { env: 'RTC_SESSIONS_PER_ADDRESS', value: 60, about: 'WebRTC publishers and viewers from one address' },
  rtcConnectMs: { env: 'RTC_CONNECT_MS', value: 10_000, about: 'time from the answer to the WebRTC connection' },
  rtcSilenceMs: { env: 'RTC_SILENCE_MS', value: 10_000, about: 'silence after which a WebRTC session is given up' },
  stalledReaderMs: { env: 'MEDIA_STALLED_READER_MS', value: 15_000, about: 'time behind after which a reader is cut off' },
} as const

export type MediaLimits = { readonly [Name in keyof typeof MEDIA_LIMITS]: number }

/** Throws with the variable's name when a value is no positive whole number. */
export function readMediaLimits(env: Readonly<Record<string, string | undefined>> = {}): MediaLimits {
  const limits = Object.entries(MEDIA_LIMITS).map(([name, limit]) => {
    const text = env[limit.env]
    const value = text === undefined || text === '' ? limit.value : Number(text)
    if (!Number.isSafeInteger(value) || value < 1)
      throw new Error(`${limit.env} must be a positive whole number, not "${text}"`)
    return [name, value]
  })
  return Object.fromEntries(limits) as MediaLimits
}
