/** What ffmpeg sees and hears in a live stream. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const FFMPEG = process.env.FFMPEG_PATH ?? 'ffmpeg'

/** Writes some seconds of a stream to a file, as they come. */
export function record(url: string, seconds: number, file: string): Promise<unknown> {
  return run(FFMPEG, ['-v', 'error', '-y', '-i', url, '-t', String(seconds), '-c', 'copy', file])
}

/** dB; a full-scale sine has -3, silence about -91. */
export async function meanVolume(file: string): Promise<number> {
  const { stderr } = await run(FFMPEG, ['-hide_banner', '-i', file, '-vn', '-af', 'volumedetect', '-f', 'null', '-'])
  return Number(/mean_volume: (-?[\d.]+) dB/.exec(stderr)?.[1])
}

/** Of a pure tone, by how often it rises through zero. */
export async function toneHz(file: string): Promise<number> {
  const RATE = 48_000
  const { stdout } = await run(FFMPEG, ['-v', 'error', '-ss', '0.5', '-i', file, '-vn', '-ac', '1', '-ar', String(RATE), '-f', 's16le', '-'], { encoding: 'buffer', maxBuffer: 1 << 26 })
  const samples = new Int16Array(stdout.buffer, stdout.byteOffset, stdout.length >> 1)
  const rises = samples.filter((sample, index) => index > 0 && sample >= 0 && samples[index - 1] < 0).length
  return rises * RATE / samples.length
}

/** dB, of each second. */
export async function volumesBySecond(file: string): Promise<number[]> {
  const { stdout } = await run(FFMPEG, ['-hide_banner', '-i', file, '-vn', '-af', 'aresample=8000,asetnsamples=8000,astats=metadata=1:reset=1,ametadata=print:key=lavfi.astats.Overall.RMS_level:file=-', '-f', 'null', '-'])
  return [...stdout.matchAll(/RMS_level=(\S+)/g)].map(([, level]) => level === '-inf' ? -Infinity : Number(level))
}

/** Of each picture, from 0, black, to 255. */
export async function brightnesses(file: string): Promise<number[]> {
  const { stderr } = await run(FFMPEG, ['-hide_banner', '-i', file, '-an', '-vf', 'scale=2:2,format=gray,showinfo', '-f', 'null', '-'], { maxBuffer: 1 << 26 })
  return [...stderr.matchAll(/ mean:\[(\d+)/g)].map(([, mean]) => Number(mean))
}

/** Seconds on the recording's clock at which the dark picture turns bright, and at which silence ends. */
export async function flashesAndBeeps(file: string): Promise<{ flashes: number[], beeps: number[] }> {
  const video = await run(FFMPEG, ['-hide_banner', '-copyts', '-i', file, '-an', '-vf', 'scale=2:2,format=gray,showinfo', '-f', 'null', '-'], { maxBuffer: 1 << 26 })
  const audio = await run(FFMPEG, ['-hide_banner', '-copyts', '-i', file, '-vn', '-af', 'asetnsamples=240,astats=metadata=1:reset=1,ametadata=print:key=lavfi.astats.Overall.RMS_level:file=-', '-f', 'null', '-'], { maxBuffer: 1 << 26 })
  const pictures = [...video.stderr.matchAll(/pts_time:(\S+) .*mean:\[(\d+)/g)].map(([, time, mean]) => ({ time: Number(time), isOn: Number(mean) > 128 }))
  const sounds = [...audio.stdout.matchAll(/pts_time:(\S+)\n.*RMS_level=(\S+)/g)].map(([, time, level]) => ({ time: Number(time), isOn: Number(level) > -30 }))
  return { flashes: risingEdges(pictures), beeps: risingEdges(sounds) }
}

function risingEdges(states: readonly { time: number, isOn: boolean }[]): number[] {
  return states.filter(({ isOn }, index) => index > 0 && isOn && !states[index - 1].isOn).map(({ time }) => time)
}
