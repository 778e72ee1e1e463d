import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { CONSTANT_RATE } from './arguments'

const TIMEOUT_MS = 5000
const NEEDED_ENCODERS = ['libx264', 'aac']

/**
 * How ffmpeg is called on this machine, or why it cannot be used.
 *
 * @param path from the configuration; null: the one in PATH
 */
export async function findFfmpeg(path: string | null): Promise<{ readonly command: string } | { readonly problem: string }> {
  const command = path ?? 'ffmpeg'
  try {
    const { stdout } = await promisify(execFile)(command, ['-hide_banner', '-v', 'error', ...CONSTANT_RATE, '-encoders'], { timeout: TIMEOUT_MS, killSignal: 'SIGKILL' })
    const lacking = NEEDED_ENCODERS.filter(encoder => !new RegExp(`^\\s*\\S+ ${encoder} `, 'm').test(stdout))
    return lacking.length > 0 ? { problem: `${command} lacks the encoder ${lacking.join(' and ')}` } : { command }
  }
  catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return { problem: isMissing ? `there is no ${command}` : `${command} does not work, or is older than 5.1` }
  }
}
