import type { ChildProcess } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { spawn } from 'node:child_process'
import os from 'node:os'
import { Duplex } from 'node:stream'
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
/** Chat and everybody's own stream come first: on a machine that cannot do it all, mixing is what gives in. */
const NICER_THAN_SERVER = 5

/** `onEnd` is called once, later and unless it was killed by us, with the last of what it said or why it could not begin. */
export function startFfmpeg(command: string, args: readonly string[], onEnd: (why: string) => void): FfmpegProcess {
  let lastWords = ''
  let hasEnded = false
  const end = (why: string) => {
    if (hasEnded)
      return
    hasEnded = true
    onEnd(why)
  }
  const child = trySpawn(command, args, end)
  const input = child?.stdin ?? closedPipe()
  const output = child?.stdout ?? closedPipe()
  const errors = child?.stderr ?? closedPipe()
  const extra = child?.stdio?.[EXTRA_PIPE] as Duplex | undefined ?? closedPipe()
  errors.on('data', text => lastWords = (lastWords + text).slice(-LAST_WORDS_MAX))
  for (const pipe of [input, output, errors, extra])
    pipe.on('error', () => {}) // it ends when it ends; then we hear of it
  child?.on('error', error => end(error.message))
  child?.on('close', (code, signal) => end(lastWords.trim() || `it ended with ${signal ?? code}`))
  return {
    input,
    output,
    extra,
    kill() {
      hasEnded = true
      child?.kill('SIGKILL')
      // What it has not taken is not kept for it.
      input.destroy()
      extra.destroy()
    },
  }
}

/** On a machine that has run out of memory, processes or descriptors Node throws, or answers a child without pipes. */
function trySpawn(command: string, args: readonly string[], onFailure: (why: string) => void): ChildProcess | undefined {
  try {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe', 'pipe'] })
    yieldToServer(child.pid)
    return child
  }
  catch (error) {
    setImmediate(() => onFailure((error as Error).message))
    return undefined
  }
}

function yieldToServer(pid: number | undefined): void {
  try {
    if (pid !== undefined)
      os.setPriority(pid, Math.min(os.getPriority() + NICER_THAN_SERVER, os.constants.priority.PRIORITY_LOW))
  }
  catch {} // it has ended already, or this system has no such thing
}

/** Takes everything and says nothing. */
const closedPipe = (): Duplex => new Duplex({ read() {}, write: (_bytes, _encoding, done) => done() })
