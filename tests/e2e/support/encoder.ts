/** ffmpeg as the encoder that pushes by RTMP: what OBS or a phone would do. */
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import process from 'node:process'

export interface Encoder {
  readonly process: ChildProcess
  /** What ffmpeg said, for a failing test. */
  log: () => string
  /** Ends it and waits until it is gone. May be called twice. */
  stop: () => Promise<void>
}

/** Moving test picture and a tone, H.264 without B-frames and AAC, a key frame each second. */
export function startEncoder(url: string, options: { size?: string, seconds?: number } = {}): Encoder {
  const size = options.size ?? '360x640'
  const child = spawn(process.env.FFMPEG_PATH ?? 'ffmpeg', [
    '-hide_banner', '-loglevel', 'warning', '-re',
    '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=25`,
    '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=44100',
    '-t', String(options.seconds ?? 120),
    '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p', '-g', '25', '-b:v', '600k',
    '-c:a', 'aac', '-b:a', '64k', '-f', 'flv', url,
  ], { stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  child.stderr!.on('data', chunk => (log = (log + chunk).slice(-4000)))
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  return {
    process: child,
    log: () => log,
    async stop() {
      child.kill('SIGKILL')
      await gone
    },
  }
}
