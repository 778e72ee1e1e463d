import type { Duplex, Readable, Writable } from 'node:stream'
import { spawn } from 'node:child_process'
import { EXTRA_PIPE } from './arguments'

/** One ffmpeg. It ends by itself when its pipes are closed, hence also when this process is killed. */
export interface FfmpegProcess {
  readonly input: Writable
  readonly output: Readable
  /** Read or written, as its arguments say. */
  readonly extra: Duplex
  /** At once and for certain. May be called twice. */
  readonly kill: () => void
}

const LAST_WORDS_MAX = 300

/** `onEnd` is called once, unless it was killed by us, with the last of what it said. */
export function startFfmpeg(command: string, args: readonly string[], onEnd: (why: string) => void): FfmpegProcess {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe', 'pipe'] })
  const extra = child.stdio[EXTRA_PIPE] as Duplex
  let lastWords = ''
  let hasEnded = false
  const end = (why: string) => {
    if (hasEnded)
      return
    hasEnded = true
    onEnd(why)
  }
  child.stderr.on('data', text => lastWords = (lastWords + text).slice(-LAST_WORDS_MAX))
  for (const pipe of [child.stdin, child.stdout, child.stderr, extra])
    pipe.on('error', () => {}) // it ends when it ends; then we hear of it
  child.on('error', error => end(error.message))
  child.on('close', (code, signal) => end(lastWords.trim() || `it ended with ${signal ?? code}`))
  return {
    input: child.stdin,
    output: child.stdout,
    extra,
    kill() {
      hasEnded = true
      child.kill('SIGKILL')
      // What it has not taken is not kept for it.
      child.stdin.destroy()
      extra.destroy()
    },
  }
}
