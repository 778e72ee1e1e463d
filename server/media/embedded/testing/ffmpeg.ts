/** ffmpeg as an encoder, ffprobe as a player. Each call starts one process; `stopAll` ends those that are left. */
import type { ChildProcess } from 'node:child_process'
import type { Readable } from 'node:stream'
import { spawn } from 'node:child_process'
import { once } from 'node:events'

const running = new Set<ChildProcess>()

const VIDEO = ['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25']
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-pix_fmt', 'yuv420p']
const sound = (rate: number) => ['-f', 'lavfi', '-i', `sine=440:sample_rate=${rate}`]
const AAC = ['-c:a', 'aac', '-ac', '2']

/** What the encoder sends. */
export const SOURCES = {
  aac44100: [...VIDEO, ...sound(44_100), ...H264, '-tune', 'zerolatency', ...AAC],
  aac48000: [...VIDEO, ...sound(48_000), ...H264, '-tune', 'zerolatency', ...AAC],
  audioOnly: [...sound(44_100), ...AAC],
  videoOnly: [...VIDEO, ...H264, '-tune', 'zerolatency'],
  bFrames: [...VIDEO, ...sound(44_100), ...H264, '-preset', 'veryfast', '-bf', '2', ...AAC],
}

export interface Encoder {
  /** Everything on stderr so far. */
  readonly log: () => string
  /** Resolves when the process has ended, with its exit code or signal. */
  readonly exited: Promise<number | string>
  /** Ends it without a goodbye and waits until it is gone. May be called twice. */
  readonly stop: () => Promise<void>
}

/** Somebody who can be told from others by one colour and one tone, with a key frame a second. */
export function person(colour: string, hz: number, size = '320x180'): string[] {
  return ['-f', 'lavfi', '-i', `color=${colour}:size=${size}:rate=25`, '-f', 'lavfi', '-i', `sine=${hz}:sample_rate=44100`, ...H264, '-tune', 'zerolatency', ...AAC]
}

/** Publishes in real time to an RTMP address until it is stopped or hung up on, as OBS or a phone would. `source` may be ffmpeg's arguments. */
export function startEncoder(url: string, source: keyof typeof SOURCES | readonly string[] = 'aac44100', extra: string[] = []): Encoder {
  const content = typeof source === 'string' ? SOURCES[source] : source
  return run(process.env.FFMPEG_PATH ?? 'ffmpeg', ['-v', 'error', '-re', ...content, ...extra, '-f', 'flv', url])
}

interface Probe {
  streams: { codec_name: string, width?: number, sample_rate?: string }[]
  packets: { codec_type: string, pts_time: string, dts_time: string, flags: string }[]
}

/** Reads `seconds` of a stream. */
export async function probe(url: string, seconds = 1.5): Promise<Probe> {
  const player = run(process.env.FFPROBE_PATH ?? 'ffprobe', ['-v', 'error', '-analyzeduration', '1000000', '-read_intervals', `%+${seconds}`, '-show_entries', 'stream=codec_name,width,sample_rate:packet=codec_type,pts_time,dts_time,flags', '-of', 'json', url])
  let output = ''
  player.stdout.on('data', text => output += text)
  await player.exited
  return JSON.parse(output || '{"streams":[],"packets":[]}')
}

export function stopAll(): void {
  for (const child of running)
    child.kill('SIGKILL')
}

function run(command: string, args: string[]): Encoder & { readonly stdout: Readable } {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let log = ''
  child.stderr.on('data', text => log += text)
  const exited = once(child, 'close').then(([code, signal]) => {
    running.delete(child)
    return code ?? signal
  })
  return {
    stdout: child.stdout,
    log: () => log,
    exited,
    async stop() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
