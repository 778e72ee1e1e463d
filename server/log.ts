import type { DestinationStream, Logger } from 'pino'
import process from 'node:process'
import pino from 'pino'

/** Removed wherever they turn up in a log line, should anybody ever log a whole object. */
const SECRETS = ['token', 'userSig', 'txSecret', 'authorization', 'secret', 'secretKey', 'keys', 'publish', 'play', 'rtmpKey']

/** JSON lines for machines; short lines for a person who sits in front of a terminal. */
export function createLog({ level, destination = process.stdout.isTTY ? terminal : process.stdout }: { level: string, destination?: DestinationStream }): Logger {
  return pino({
    level,
    base: null,
    redact: SECRETS.flatMap(name => [name, `*.${name}`, `*.*.${name}`]),
  }, destination)
}

const LEVELS: Record<number, string> = { 10: 'trace', 20: 'debug', 30: '', 40: 'warn', 50: 'ERROR', 60: 'FATAL' }

const terminal: DestinationStream = { write: line => void process.stdout.write(terminalLine(line)) }

/** `12:03:04 warn message room=r1`, and the stack of an error below it. */
export function terminalLine(json: string): string {
  const { time, level, msg, err, ...fields } = JSON.parse(json) as { time: number, level: number, msg: string, err?: { stack?: string } }
  const details = Object.entries(fields).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  const words = [new Date(time).toTimeString().slice(0, 8), LEVELS[level], msg, ...details].filter(Boolean)
  return `${words.join(' ')}\n${err?.stack === undefined ? '' : `${err.stack}\n`}`
}
