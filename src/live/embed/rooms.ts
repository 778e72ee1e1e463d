/** Rooms in the words of the old module. */
import type { AccountInfo } from './account'
import type { Room } from '@/shared/protocol/rest'
import type { RoomApi } from '@/src/ports/RoomApi'
import { presentPerson } from './account'

export interface RoomInfo {
  readonly roomID: string
  /** Both are the title: one for each generation of the old module. */
  readonly roomInfo: string
  readonly roomName: string
  readonly roomCreator: string
  /** Who is on stage, the anchor first. */
  readonly pushers: readonly AccountInfo[]
  readonly audienceCount: number
  /** An address for an image, or empty. */
  readonly cover: string
  readonly status: Room['status']
}

export function presentRoom(room: Room, serverUrl: string): RoomInfo {
  const { anchor, cover, id, stage, status, title, viewers } = room
  return {
    roomID: id,
    roomInfo: title,
    roomName: title,
    roomCreator: anchor.id,
    pushers: [anchor, ...stage.guests.map(({ user }) => user)].map(user => presentPerson(user, serverUrl)),
    audienceCount: viewers,
    cover: cover ? serverUrl + cover : '',
    status,
  }
}

/** `count` rooms from the `index`th on; the server answers them by the page. @throws ApiFailure */
export async function listRooms(api: Pick<RoomApi, 'listRooms'>, index: number, count: number): Promise<readonly Room[]> {
  const rooms: Room[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<RoomApi['listRooms']>> = await api.listRooms(cursor)
    rooms.push(...page.rooms)
    cursor = page.nextCursor
  } while (cursor !== null && rooms.length < index + count)
  return rooms.slice(index, index + count)
}
