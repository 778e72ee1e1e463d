/** An encoder of about 1 Mbps: 25 pictures and 43 pieces of sound a second, a key frame every two seconds. */
import { FlvTagType } from '../../server/media/embedded/flv'
import { AUDIO_HEADER, picture, sound, VIDEO_HEADER } from '../../server/media/embedded/testing/rtmpPublisher'

const FRAME_MS = 40
const SOUND_MS = 1024 / 44.1
const KEY_FRAME_EVERY = 50
const KEY_FRAME_BYTES = 30_000
const FRAME_BYTES = 4000
const SOUND_BYTES = 186
/** Where in a picture's FLV body the moment of its sending stands, `process.hrtime` in ns. */
export const STAMP_OFFSET = 10

export type Send = (type: FlvTagType, timestamp: number, body: Buffer) => void

/** Sends in real time to all of `sends`. Returns its stop. */
export function startEncoder(...sends: Send[]): () => void {
  const send: Send = (...packet) => sends.forEach(to => to(...packet))
  send(FlvTagType.Video, 0, VIDEO_HEADER)
  send(FlvTagType.Audio, 0, AUDIO_HEADER)
  const startedAt = performance.now()
  let frames = 0
  let sounds = 0
  const timer = setInterval(() => {
    const elapsed = performance.now() - startedAt
    for (; sounds * SOUND_MS <= elapsed; sounds++)
      send(FlvTagType.Audio, Math.round(sounds * SOUND_MS), sound(Buffer.alloc(SOUND_BYTES)))
    for (; frames * FRAME_MS <= elapsed; frames++)
      send(FlvTagType.Video, frames * FRAME_MS, stampedPicture(frames % KEY_FRAME_EVERY === 0))
  }, 10)
  return () => clearInterval(timer)
}

function stampedPicture(isKeyFrame: boolean): Buffer {
  const content = Buffer.alloc(isKeyFrame ? KEY_FRAME_BYTES : FRAME_BYTES)
  content.writeBigUInt64BE(process.hrtime.bigint())
  return picture(isKeyFrame, content)
}
