import { spawn } from 'node:child_process'
import process from 'node:process'

/** The least work there is: one ffmpeg that reads two files in real time, lays one upon the other and encodes as the mixer does. */
export function startPlainMix(file: string): { readonly pid: number, readonly stop: () => void } {
  const input = ['-re', '-stream_loop', '-1', '-threads', '1', '-i', file]
  const child = spawn(process.env.FFMPEG_PATH ?? 'ffmpeg', [
    ...['-nostdin', '-v', 'error', ...input, ...input],
    ...['-filter_complex', '[0:v]scale=640:360[anchor];[1:v]scale=128:100:force_original_aspect_ratio=increase,crop=128:100[guest];[anchor][guest]overlay=512:230[v];[0:a][1:a]amix=inputs=2:normalize=0[a]'],
    ...['-map', '[v]', '-map', '[a]', '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'baseline', '-threads', '1', '-b:v', '800k', '-maxrate', '800k', '-bufsize', '800k', '-g', '50'],
    ...['-c:a', 'aac', '-ar', '48000', '-b:a', '64k', '-f', 'flv', '-y', '/dev/null'],
  ], { stdio: 'ignore' })
  return { pid: child.pid!, stop: () => void child.kill('SIGKILL') }
}
