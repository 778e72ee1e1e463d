import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import * as ws from '../../../shared/protocol/ws'
import { createProtocolDoc } from './createProtocolDoc'
import { EXAMPLE } from './example'

const KEPT = path.resolve(import.meta.dirname, '../../../docs/ws-protocol.md')

it('[CH26] docs/ws-protocol.md is what the schemas make (npx tsx server/chat/protocolDoc/write.ts writes it)', () => {
  expect(readFileSync(KEPT, 'utf8')).toBe(createProtocolDoc())
})

it('[CH26] it names every message of the protocol', () => {
  const types = [...ws.ClientMessage.options, ...ws.ServerMessage.options].map(({ entries }) => entries.type.literal)
  expect(createProtocolDoc().match(/^### (\w+)$/gm)?.map(title => title.slice(4)).toSorted()).toEqual(types.toSorted())
})

it('[CH26] its conversation fits the protocol', () => {
  for (const { from, frame } of EXAMPLE)
    expect(v.safeParse(from === 'client' ? ws.ClientFrame : ws.ServerFrame, frame).issues).toBeUndefined()
})
