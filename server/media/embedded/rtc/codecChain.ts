import type { AudioData, AudioDecoderConfig, AudioEncoderConfig } from '@napi-rs/webcodecs'
import type { AudioCodecs, AudioTranscoder } from './audioCodecs'

export interface CodecChainOptions {
  readonly codecs: AudioCodecs
  readonly decoder: AudioDecoderConfig
  readonly encoder: AudioEncoderConfig
  /** Called with what the decoder gave; calls `encode` with what the encoder takes. Need not close `data`. */
  readonly onSamples: (data: AudioData, encode: (data: AudioData) => void) => void
  readonly onChunk: (chunk: Buffer) => void
  /** The chain is dead; called once. */
  readonly onFailure: (error: Error) => void
}

/** Frames waiting for the codec's thread; more means that the machine is overloaded, and late sound is no sound. */
const MAX_QUEUE = 64

/**
 * Decoder → encoder. A codec that met an error is closed, and using a closed codec throws, inside native callbacks too,
 * where nobody catches: so every use looks at the state first, and an error ends the chain, not the process.
 */
export function createCodecChain({ codecs, decoder: decoderConfig, encoder: encoderConfig, onSamples, onChunk, onFailure }: CodecChainOptions): AudioTranscoder {
  let isClosed = false
  const close = () => {
    isClosed = true
    for (const codec of [decoder, encoder]) {
      if (codec.state !== 'closed')
        codec.close()
    }
  }
  const fail = (error: Error) => {
    if (isClosed)
      return
    isClosed = true
    onFailure(error)
    setImmediate(close) // not inside the codec's own callback
  }
  const guarded = (action: () => void) => {
    try {
      if (!isClosed)
        action()
    }
    catch (error) {
      fail(error as Error)
    }
  }
  const encoder = new codecs.AudioEncoder({
    output: chunk => guarded(() => {
      const bytes = Buffer.alloc(chunk.byteLength)
      chunk.copyTo(bytes)
      onChunk(bytes)
    }),
    error: fail,
  })
  const decoder = new codecs.AudioDecoder({
    output: (data) => {
      guarded(() => onSamples(data, samples => encoder.encode(samples)))
      data.close()
    },
    error: fail,
  })
  guarded(() => {
    encoder.configure(encoderConfig)
    decoder.configure(decoderConfig)
  })
  return {
    push: (frame, timeMs) => guarded(() => {
      if (decoder.decodeQueueSize < MAX_QUEUE)
        decoder.decode(new codecs.EncodedAudioChunk({ type: 'key', timestamp: Math.round(timeMs * 1000), data: frame }))
    }),
    close,
  }
}

const RESTART_PAUSE_MS = 1000

/** Starts the chain at the first frame, and anew when it has failed: a damaged frame must not cost the rest of the sound. */
export function createRestartingTranscoder(start: (onFailure: (error: Error) => void) => AudioTranscoder, log: (message: string) => void, now: () => number): AudioTranscoder {
  let chain: AudioTranscoder | undefined
  let failedAt = -Infinity
  let isClosed = false
  return {
    push(frame, timeMs) {
      if (isClosed || (!chain && now() - failedAt < RESTART_PAUSE_MS))
        return
      chain ??= start((error) => {
        chain = undefined
        failedAt = now()
        log(`audio codec: ${error.message}`)
      })
      chain?.push(frame, timeMs)
    },
    close() {
      isClosed = true
      chain?.close()
    },
  }
}
