import type { Request } from 'express'
import { ROOM_ID } from '../../shared/domain/ids'
import { RoomNotFound } from '../errors'

/** Of a path with `:id`. @throws RoomNotFound for what cannot be one */
export function roomIdOf(request: Request): string {
  const { id } = request.params
  if (typeof id !== 'string' || !ROOM_ID.test(id))
    throw RoomNotFound(String(id))
  return id
}
