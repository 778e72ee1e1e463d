import { expect, it } from 'vitest'
import { createLog } from './log'

const TERMINAL = { isTTY: true, isProduction: false }
const MACHINE = { isTTY: false, isProduction: false }

/** What is written for one line. */
function logged({ isTTY, isProduction }: typeof MACHINE, fields: object, message: string): string {
  const written: string[] = []
  createLog({ level: 'info', isProduction, destination: { isTTY, write: text => void written.push(text) } }).warn(fields, message)
  return written.join('')
}

it.each([
  ['as JSON', MACHINE, '"room":{"id":"rone"}'],
  ['in a terminal', TERMINAL, 'room={"id":"rone"}'],
])('[AP6] a secret that somebody logs by mistake is not in the line, %s', (_, where, innocent) => {
  const line = logged(where, {
    token: 's3cret',
    session: { token: 's3cret', im: { userSig: 's3cret' } },
    config: { keys: { push: 's3cret' } },
    request: { headers: { authorization: 's3cret' } },
    detail: { publish: { rtmp: 's3cret' }, play: { flv: 's3cret' } },
    room: { id: 'rone' },
  }, 'by mistake')
  expect(line).not.toContain('s3cret')
  expect(line).toContain(innocent)
})

it('[OP12] a person at a terminal reads short lines', () => {
  expect(logged(TERMINAL, { roomId: 'rone', to: 'live' }, 'room')).toMatch(/^\d\d:\d\d:\d\d warn room roomId=rone to=live\n$/)
  const error = new Error('no space')
  expect(logged(TERMINAL, { err: error, count: 2 }, 'failed')).toMatch(/^\S+ warn failed count=2\nError: no space\n {4}at .*log\.test\.ts/)
  expect(logged(TERMINAL, { err: 'thrown as a string' }, 'failed')).toMatch(/^\S+ warn failed err="thrown as a string"\n$/)
})

it('[OP12] what strangers send neither looks like a field nor moves the cursor', () => {
  expect(logged(TERMINAL, { name: 'x to=live', reason: '\x1B[2J' }, 'room')).toMatch(/ room name="x to=live" reason="\\u001b\[2J"\n$/)
})

it.each([
  ['where nobody sits at a terminal', MACHINE],
  ['in production', { isTTY: true, isProduction: true }],
])('[OP12] %s lines are JSON', (_, where) => {
  expect(JSON.parse(logged(where, { roomId: 'rone' }, 'room'))).toMatchObject({ level: 40, roomId: 'rone', msg: 'room' })
})
