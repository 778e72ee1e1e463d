/** A phone with nothing but RTMP: ffmpeg sends one colour and one tone, or listens for tones. */
import type { Feed } from './browser'
import type { Colour } from './senses'
import type { Encoder } from '@/server/media/embedded/testing/ffmpeg'
import { Buffer } from 'node:buffer'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'

const HEX: Record<Colour, string> = { red: 'd02020', yellow: 'd8c818', green: '20b040', blue: '2050e0', magenta: 'd020d0' }
const FFMPEG = process.env.FFMPEG_PATH ?? 'ffmpeg'
const RATE = 48_000

/** Publishes until it is stopped, as WeChat's pusher would for a guest. */
export function startPhone(url: string, { colour, hz }: Feed): Encoder {
  const child = spawn(FFMPEG, [
    ...['-v', 'error', '-re', '-f', 'lavfi', '-i', `color=c=0x${HEX[colour]}:s=360x480:r=15`],
    ...['-re', '-f', 'lavfi', '-i', `sine=${hz}:sample_rate=${RATE},volume=4`],
    // A little motion: a picture that never changes is not one that runs.
    ...['-filter_complex', '[0:v]drawbox=x=mod(t*60\\,300):y=20:w=40:h=40:color=white:t=fill[v]', '-map', '[v]', '-map', '1:a'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'baseline', '-g', '15', '-b:v', '300k', '-pix_fmt', 'yuv420p'],
    ...['-c:a', 'aac', '-ac', '1', '-b:a', '48k', '-f', 'flv', url],
  ], { stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  child.stderr.on('data', text => log += text)
  const exited = once(child, 'close').then(([code, signal]) => code ?? signal)
  return {
    log: () => log,
    exited,
    async stop() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** Plays a stream for a moment and answers which of the frequencies (Hz) were in it. */
export async function tonesPlayed(url: string, frequencies: readonly number[], seconds = 1.5): Promise<number[]> {
  const child = spawn(FFMPEG, ['-v', 'error', '-rw_timeout', '5000000', '-i', url, '-t', String(seconds), '-vn', '-ac', '1', '-ar', String(RATE), '-f', 'f32le', '-'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const chunks: Buffer[] = []
  child.stdout.on('data', chunk => chunks.push(chunk))
  await once(child, 'close')
  const bytes = Buffer.concat(chunks)
  const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length - bytes.length % 4)).slice(-RATE)
  return frequencies.filter(hz => samples.length > 0 && amplitudeAt(samples, hz) > 0.005)
}

/** Of one frequency, by the Fourier sum at it. */
function amplitudeAt(samples: Float32Array, hz: number): number {
  let [real, imaginary] = [0, 0]
  samples.forEach((sample, index) => {
    real += sample * Math.cos(2 * Math.PI * hz * index / RATE)
    imaginary += sample * Math.sin(2 * Math.PI * hz * index / RATE)
  })
  return 2 * Math.hypot(real, imaginary) / samples.length
}
