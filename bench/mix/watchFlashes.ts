import { spawn } from 'node:child_process'
import process from 'node:process'

const SIDE = 16
const BRIGHT = 200

/** Plays an FLV address as fast as ffmpeg can and notes when the upper left of the picture turns white. */
export function watchFlashes(url: string): { readonly seenAt: number[], readonly stop: () => void } {
  const child = spawn(process.env.FFMPEG_PATH ?? 'ffmpeg', ['-nostdin', '-v', 'error', '-flags', 'low_delay', '-analyzeduration', '1', '-fpsprobesize', '0', '-f', 'flv', '-i', url, '-an', '-vf', `crop=iw/2:ih/2:0:0,scale=${SIDE}:${SIDE},format=gray`, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-flush_packets', '1', 'pipe:1'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const seenAt: number[] = []
  let isBright = true
  let bytes = 0
  child.stdout.on('data', (chunk: Buffer) => {
    for (const value of chunk) {
      if (bytes++ % (SIDE * SIDE) !== 0)
        continue
      if (value > BRIGHT && !isBright)
        seenAt.push(performance.now())
      isBright = value > BRIGHT
    }
  })
  return { seenAt, stop: () => void child.kill('SIGKILL') }
}
