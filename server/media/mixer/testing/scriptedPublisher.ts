/** Publishes what ffmpeg has encoded beforehand, piece after piece, as one stream: cameras that turn, stand still, or tell a strange time. */
import type { StreamHub } from '../../embedded/streamHub'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { parseFlvFile } from '../../embedded/flvFile'
import { isRefusal } from '../../embedded/streamHub'

export interface ScriptedPublisher {
  /** Plays the piece in real time; `skipMs` is what the publisher's clock jumps before it. */
  readonly play: (piece: Buffer, skipMs?: number) => Promise<void>
  readonly stop: () => void
}

/** @param source ffmpeg's arguments for what is to be seen and heard */
export async function encodePiece(source: readonly string[], seconds: number): Promise<Buffer> {
  const child = spawn(process.env.FFMPEG_PATH ?? 'ffmpeg', ['-v', 'error', ...source, '-t', String(seconds), '-f', 'flv', 'pipe:1'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const chunks: Buffer[] = []
  child.stdout.on('data', chunk => chunks.push(chunk))
  await once(child, 'close')
  return Buffer.concat(chunks)
}

export function startScripted(hub: StreamHub, streamId: string): ScriptedPublisher {
  const stopped = new AbortController()
  const stream = hub.publish(streamId, 'trusted', { id: randomUUID(), kind: 'rtmp', close: () => stopped.abort() })
  if (isRefusal(stream))
    throw new Error(stream)
  let clockMs = 0
  return {
    async play(piece, skipMs = 0) {
      const tags = parseFlvFile(piece)
      const beganAt = performance.now()
      clockMs += skipMs
      for (const { type, timestamp, body } of tags) {
        while (performance.now() - beganAt < timestamp)
          await new Promise(resolve => setTimeout(resolve, 5))
        if (stopped.signal.aborted)
          return
        stream.push(type, clockMs + timestamp, body)
      }
      clockMs += tags.at(-1)!.timestamp
    },
    stop() {
      stopped.abort()
      hub.unpublish(stream)
    },
  }
}
