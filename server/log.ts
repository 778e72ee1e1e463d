import type { DestinationStream, Logger } from 'pino'
import process from 'node:process'
import pino from 'pino'

/** Removed wherever they turn up in a log line, should anybody ever log a whole object. */
const SECRETS = ['token', 'userSig', 'txSecret', 'authorization', 'secret', 'secretKey', 'keys', 'publish', 'play', 'rtmpKey']

export interface LogOptions {
  readonly level: string
  readonly isProduction: boolean
  readonly destination?: DestinationStream & { readonly isTTY?: boolean }
}

/** JSON lines for machines, and for production; short lines for a person who sits in front of a terminal. */
export function createLog({ level, isProduction, destination = process.stdout }: LogOptions): Logger {
  const isForPerson = destination.isTTY === true && !isProduction
  return pino({
    level,
    base: null,
    redact: SECRETS.flatMap(name => [name, `*.${name}`, `*.*.${name}`]),
  }, isForPerson ? { write: json => void destination.write(terminalLine(json)) } : destination)
}

const LEVELS: Record<number, string> = { 10: 'trace', 20: 'debug', 30: '', 40: 'warn', 50: 'ERROR', 60: 'FATAL' }

/** `12:03:04 warn message room=r1`, and the stack of an error below it. */
function terminalLine(json: string): string {
  const { time, level, msg, ...fields } = JSON.parse(json) as { time: number, level: number, msg?: string, err?: { stack?: string } }
  const { err, ...others } = fields
  const details = Object.entries(err?.stack === undefined ? fields : others).map(([name, value]) => `${name}=${shown(value)}`)
  const words = [new Date(time).toTimeString().slice(0, 8), LEVELS[level], msg, ...details].filter(Boolean)
  return [words.join(' '), err?.stack, ''].filter(line => line !== undefined).join('\n')
}

/** Quoted unless it is one printable word: what strangers send must neither look like another field nor move the cursor. */
function shown(value: unknown): string {
  return typeof value === 'string' && /^[^\s"\p{C}]+$/u.test(value) ? value : JSON.stringify(value)
}
