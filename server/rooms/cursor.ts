/** Where the next page of the list begins: after this room. Opaque to clients. */
import { ROOM_ID } from '../../shared/domain/ids'
import { BadRequest } from '../errors'

export interface Cursor {
  readonly startedAt: number
  readonly id: string
}

export function formatCursor({ startedAt, id }: Cursor): string {
  return `${startedAt.toString(36)}.${id}`
}

/** @throws BadRequest */
export function parseCursor(text: string): Cursor {
  const [time = '', id = ''] = text.split('.')
  if (!/^[0-9a-z]{1,10}$/.test(time) || !ROOM_ID.test(id))
    throw BadRequest('The cursor is none that this server gave out.')
  return { startedAt: Number.parseInt(time, 36), id }
}
