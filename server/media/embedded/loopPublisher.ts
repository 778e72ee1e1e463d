import type { FlvFileTag } from './flvFile'
import type { LiveStream } from './liveStream'
import type { StreamHub } from './streamHub'
import { randomUUID } from 'node:crypto'
import { TooManyStreams } from '../../errors'
import { createPacket, FlvTagType } from './flv'
import { parseFlvFile } from './flvFile'
import { isRefusal } from './streamHub'

/** How often due frames are sent: once a picture at 25 frames a second. */
const TICK_MS = 40
/** After a longer pause (a suspended laptop) the loop goes on from where it is instead of catching up. */
const CATCH_UP_MS = 2000

/**
 * Plays an FLV file (H.264 without B-frames, AAC) again and again as a live stream, with timestamps that go on rising.
 * Returns its stop; `onEnded` is called when somebody else ends it.
 *
 * @throws TooManyStreams when the hub is full; Error when the file is none, or for a name that is none of ours
 */
export function startLoop(hub: StreamHub, streamId: string, file: Buffer, onEnded: () => void = () => {}): () => void {
  const { headers, frames, roundMs } = arrange(parseFlvFile(file))
  let live: LiveStream | undefined
  let stopTicking = () => {}
  const stop = () => {
    stopTicking()
    if (live)
      hub.unpublish(live)
  }

  const close = () => {
    stop()
    onEnded()
  }
  const stream = hub.publish(streamId, 'trusted', { id: randomUUID(), kind: 'loop', close })
  if (stream === 'full')
    throw TooManyStreams()
  if (isRefusal(stream))
    throw new Error(`The loop may not be published as ${streamId}: ${stream}`)
  live = stream
  for (const { type, body } of headers)
    stream.push(type, 0, body)

  let startedAt = hub.clock.now()
  let next = 0
  const nextDueAt = () => startedAt + Math.floor(next / frames.length) * roundMs + frames[next % frames.length].timestamp
  stopTicking = hub.clock.every(TICK_MS, () => {
    const now = hub.clock.now()
    if (now - nextDueAt() > CATCH_UP_MS)
      startedAt += now - nextDueAt()
    for (let dueAt = nextDueAt(); dueAt <= now; dueAt = nextDueAt()) {
      const { type, body } = frames[next++ % frames.length]
      stream.push(type, (dueAt - startedAt) >>> 0, body)
    }
  })
  return stop
}

/** Headers apart, frames from zero on, and the length of one round. */
function arrange(tags: readonly FlvFileTag[]) {
  const isHeader = ({ type, body }: FlvFileTag) => type === FlvTagType.Script || createPacket(type, 0, body).isSequenceHeader
  const frames = tags.filter(tag => !isHeader(tag) && tag.body.length > 0)
  const start = Math.min(...frames.map(frame => frame.timestamp))
  const roundMs = Math.max(...[FlvTagType.Video, FlvTagType.Audio].map(type => lengthOf(frames.filter(frame => frame.type === type))))
  if (!(roundMs > 0))
    throw new Error('FLV file is too short for a loop')
  return { headers: tags.filter(isHeader), frames: frames.map(frame => ({ ...frame, timestamp: frame.timestamp - start })), roundMs }
}

/** With the last frame as long as the others are on average. */
function lengthOf(frames: readonly FlvFileTag[]): number {
  if (frames.length < 2)
    return 0
  return Math.round((frames.at(-1)!.timestamp - frames[0].timestamp) * frames.length / (frames.length - 1))
}
