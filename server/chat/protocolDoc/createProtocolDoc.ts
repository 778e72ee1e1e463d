/** docs/ws-protocol.md, made from the schemas and comments of shared/protocol/ws.ts and from a conversation that fits them. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as ws from '../../../shared/protocol/ws'
import { EXAMPLE } from './example'
import { typeName } from './typeName'

const SOURCE = path.resolve(import.meta.dirname, '../../../shared/protocol/ws.ts')

interface MessageSchema {
  readonly entries: Readonly<Record<string, Parameters<typeof typeName>[0]>>
}

const FROM_CLIENT = ['Hello', 'Join', 'Leave', 'Say', 'Ping'] as const
const IN_ROOM = ['ChatMessage', 'JoinNotice', 'RoomChanged', 'RoomEnded'] as const
const FROM_SERVER = ['Welcome', 'Joined', 'Left', 'Said', 'Failed', 'Pong', 'Online', 'LinkMicSignal', 'StandingSignal'] as const
const NUMBERS = ['PROTOCOL_VERSION', 'TEXT_MAX', 'HISTORY_LENGTH', 'CLIENT_FRAME_MAX_BYTES', 'CLIENT_FRAME_MAX_MESSAGES', 'PING_INTERVAL_MS'] as const

export function createProtocolDoc(): string {
  const source = readFileSync(SOURCE, 'utf8')
  const section = (title: string, names: readonly (keyof typeof ws)[]) => `## ${title}\n\n${names.map(name => describe(name, source)).join('\n')}`
  return `# The WebSocket protocol

<!-- Made from shared/protocol/ws.ts: npx tsx server/chat/protocolDoc/write.ts -->

${topComment(source)}

The address is \`ws(s)://<server>/ws?token=<session token>\`.

A bad token is answered with HTTP 401; a page, recognised by its \`Origin\` header, gets a socket that is closed with 4401 instead,
because a browser does not show it the status. Messages and fields that a reader does not know are to be passed over; a message
of an unknown type with a \`seq\` still takes that place. A jump in \`seq\` means that something was missed: join again with \`since\`.

${section('From the client', FROM_CLIENT)}
${section('From the server: in a room, in order', IN_ROOM)}
${section('From the server: answers, and news without a place in the order', FROM_SERVER)}
\`User\`, \`Room\`, \`LinkMicView\` and the error codes are those of [openapi.json](openapi.json). \`Standing\` has the \`roomId\` and \`isSilenced\`, a boolean.

## Numbers

| name | value |
|---|---|
${NUMBERS.map(name => `| ${name} | ${ws[name]} |`).join('\n')}

## Close codes

${commentBefore('export const CloseCode', source)}

| code | name |
|---|---|
${Object.entries(ws.CloseCode).sort(([, a], [, b]) => a - b).map(([name, code]) => `| ${code} | ${name}${ws.isFinalCloseCode(code) ? ', final' : ''} |`).join('\n')}

## A conversation

\`\`\`
${EXAMPLE.map(({ from, frame }) => `${from === 'client' ? '→' : '←'} ${JSON.stringify(frame)}`).join('\n')}
\`\`\`
`
}

function describe(name: keyof typeof ws, source: string): string {
  const { entries } = ws[name] as unknown as MessageSchema
  const { type, ...fields } = Object.fromEntries(Object.entries(entries).map(([field, schema]) => [field, typeName(schema)]))
  const comment = commentBefore(`export const ${name} =`, source)
  const list = Object.entries(fields).map(([field, fieldType]) => `\`${field}\` ${fieldType}`)
  return `### ${type.replaceAll('`', '').replaceAll('"', '')}\n\n${comment && `${comment}\n\n`}${list.join(' · ')}\n`
}

function topComment(source: string): string {
  return plain(source.slice(0, source.indexOf('*/'))).replace('The WebSocket protocol: ', '')
}

/** The JSDoc right above a line, without its stars. */
function commentBefore(line: string, source: string): string {
  const above = source.slice(0, source.indexOf(`\n${line}`))
  return above.endsWith('*/') ? plain(above.slice(above.lastIndexOf('/**'))) : ''
}

function plain(comment: string): string {
  return comment.replace(/^\s*\/?\*+\/?/gm, '').replace(/\*\//g, '').replace(/\s+/g, ' ').trim()
}
