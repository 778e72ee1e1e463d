/** A player that remembers: what a stream showed and said, to be looked at afterwards. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

const RATE = 8000
const RGB = 3

export interface Recording {
  readonly width: number
  readonly height: number
  /** 25 a second; one byte each of red, green and blue. */
  readonly pictures: readonly Buffer[]
  /** One channel at 8 kHz. */
  readonly sound: Int16Array
}

/** Plays an FLV address for some time. */
export async function recordStream(url: string, milliseconds: number): Promise<Recording> {
  return decode(await download(url, milliseconds))
}

/** The bytes that come within some time. */
export async function download(url: string, milliseconds: number): Promise<Buffer> {
  const aborter = new AbortController()
  const timer = setTimeout(() => aborter.abort(), milliseconds)
  const chunks: Uint8Array[] = []
  try {
    const { body } = await fetch(url, { signal: aborter.signal })
    const reader = body!.getReader()
    for (let read = await reader.read(); !read.done; read = await reader.read())
      chunks.push(read.value)
  }
  catch (error) {
    if (!aborter.signal.aborted)
      throw error
  }
  finally {
    clearTimeout(timer)
  }
  return Buffer.concat(chunks)
}

export async function decode(flv: Buffer): Promise<Recording> {
  const [picture, sound, sizes] = await Promise.all([
    run('ffmpeg', ['-f', 'flv', '-i', 'pipe:0', '-an', '-r', '25', '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'], flv),
    run('ffmpeg', ['-f', 'flv', '-i', 'pipe:0', '-vn', '-af', 'aresample=async=1:first_pts=0', '-f', 's16le', '-ac', '1', '-ar', String(RATE), 'pipe:1'], flv),
    run('ffprobe', ['-f', 'flv', '-show_entries', 'stream=width,height', '-select_streams', 'v', '-of', 'csv=p=0', '-i', 'pipe:0'], flv),
  ])
  const [width, height] = sizes.toString().trim().split(',').map(Number)
  const bytes = width * height * RGB
  const pictures = Array.from({ length: Math.floor(picture.length / bytes) }, (_, index) => picture.subarray(index * bytes, (index + 1) * bytes))
  return { width, height, pictures, sound: new Int16Array(new Uint8Array(sound).buffer) }
}

/** The colour in the middle of a place given in parts of the picture. */
export function colourAt({ width, height }: Pick<Recording, 'width' | 'height'>, picture: Buffer, x: number, y: number): 'black' | 'red' | 'green' | 'blue' | 'yellow' | 'other' {
  const offset = (Math.floor(y * height) * width + Math.floor(x * width)) * RGB
  const bits = [...picture.subarray(offset, offset + RGB)].map(value => value > 160 ? '1' : value < 70 ? '0' : '?').join('')
  return ({ '000': 'black', '100': 'red', '010': 'green', '001': 'blue', '110': 'yellow' } as const)[bits] ?? 'other'
}

/** How loud a tone is in each 50 ms, 0 to 1 of what a full-scale sine would be (Goertzel). */
export function loudness(sound: Int16Array, hz: number): number[] {
  const length = RATE / 20
  return Array.from({ length: Math.floor(sound.length / length) }, (_, window) => {
    const turn = 2 * Math.PI * hz / RATE
    let [re, im] = [0, 0]
    for (let i = 0; i < length; i++) {
      const sample = sound[window * length + i]
      re += sample * Math.cos(turn * i)
      im += sample * Math.sin(turn * i)
    }
    return 2 * Math.hypot(re, im) / length / 0x7FFF
  })
}

/** The longest time in ms in which a tone was not heard, of what was recorded. */
export function longestSilenceMs(sound: Int16Array, hz: number, threshold = 0.02): number {
  let longest = 0
  let current = 0
  for (const level of loudness(sound, hz)) {
    current = level < threshold ? current + 50 : 0
    longest = Math.max(longest, current)
  }
  return longest
}

async function run(command: 'ffmpeg' | 'ffprobe', args: string[], input: Buffer): Promise<Buffer> {
  const child = spawn(process.env[`${command.toUpperCase()}_PATH`] ?? command, ['-v', 'error', ...args], { stdio: ['pipe', 'pipe', 'ignore'] })
  const chunks: Buffer[] = []
  child.stdout.on('data', chunk => chunks.push(chunk))
  child.stdin.on('error', () => {}) // the last tag is cut short
  child.stdin.end(input)
  await once(child, 'close')
  return Buffer.concat(chunks)
}
