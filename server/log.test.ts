import { expect, it } from 'vitest'
import { createLog, terminalLine } from './log'

function logged(...args: [object, string]): string {
  const lines: string[] = []
  createLog({ level: 'info', destination: { write: line => void lines.push(line) } }).info(...args)
  return lines.join('')
}

it('[AP6] a secret that somebody logs by mistake is not in the line', () => {
  const line = logged({
    token: 's3cret',
    session: { token: 's3cret', im: { userSig: 's3cret' } },
    config: { keys: { push: 's3cret' } },
    request: { headers: { authorization: 's3cret' } },
    detail: { publish: { rtmp: 's3cret' }, play: { flv: 's3cret' } },
    room: { id: 'rone' },
  }, 'by mistake')
  expect(line).not.toContain('s3cret')
  expect(line).toContain('"room":{"id":"rone"}')
})

it('[OP6] a person at a terminal reads short lines', () => {
  const at = new Date(2030, 0, 1, 12, 3, 4).getTime()
  expect(terminalLine(JSON.stringify({ level: 30, time: at, roomId: 'rone', to: 'live', msg: 'room' }))).toBe('12:03:04 room roomId=rone to=live\n')
  expect(terminalLine(JSON.stringify({ level: 50, time: at, err: { stack: 'Error: x\n at y' }, count: 2, msg: 'failed' }))).toBe('12:03:04 ERROR failed count=2\nError: x\n at y\n')
})
