import { LinkMicView } from '../../../shared/protocol/linkMic'
import { Standing } from '../../../shared/protocol/moderation'
import { Room, User } from '../../../shared/protocol/rest'
import { RoomMessage } from '../../../shared/protocol/ws'

/** What valibot's schemas look like, as far as the protocol uses them. */
export interface Schema {
  readonly type: string
  readonly pipe?: readonly { readonly type: string, readonly requirement?: unknown }[]
  readonly literal?: unknown
  readonly item?: Schema
  readonly wrapped?: Schema
}

const NAMED: readonly (readonly [unknown, string])[] = [[Room, '`Room`'], [User, '`User`'], [LinkMicView, '`LinkMicView`'], [Standing, '`Standing`'], [RoomMessage, 'room message']]

/** A schema in a few words of Markdown. */
export function typeName(schema: Schema): string {
  const named = NAMED.find(([known]) => known === schema)
  if (named)
    return named[1]
  switch (schema.type) {
    case 'literal': return `\`${JSON.stringify(schema.literal)}\``
    case 'array': return `${typeName(schema.item!)}[]`
    case 'optional': return `${typeName(schema.wrapped!)}, optional`
    case 'nullable': return `${typeName(schema.wrapped!)} or null`
    case 'picklist': return 'error code'
    default: return `${isInteger(schema) ? 'integer' : schema.type}${limitOf(schema)}`
  }
}

function isInteger({ pipe }: Schema): boolean {
  return pipe?.some(({ type }) => type === 'integer') ?? false
}

function limitOf({ pipe = [] }: Schema): string {
  const pattern = pipe.find(({ type }) => type === 'regex')
  const longest = pipe.find(({ type }) => type === 'max_length')
  return `${pattern ? ` \`${String(pattern.requirement)}\`` : ''}${longest ? ` of at most ${String(longest.requirement)}` : ''}`
}
