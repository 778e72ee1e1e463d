/** From a room to its poster: fetches what it shows and draws it; a cover that cannot be had is drawn too. */
import type { Easel } from './easel'
import type { PosterContent } from './posterLayout'
import type { Room } from '@/shared/protocol/rest'
import type { Clock } from '@/src/ports/Clock'
import type { Picture } from '@/src/ports/RoomApi'
import type { RoomCode } from '@/src/ports/RoomCode'
import { avatarArt } from '@/src/components/avatarArt'
import { coverColours } from '@/src/components/coverArt'
import { draw, loadImage } from './easel'
import { POSTER, posterLayout } from './posterLayout'

export interface PosterOrder extends Pick<PosterContent, 'status' | 'hint' | 'appName'> {
  readonly room: Room
  readonly serverUrl: string
  readonly clock: Pick<Clock, 'after'>
  readonly roomCode: RoomCode
}

export interface Poster {
  readonly picture: Picture
  /** The room has a cover, but it could not be had. */
  readonly isCoverMissing: boolean
}

/** @throws Error when nothing can be drawn */
export async function makePoster(easel: Easel, { appName, clock, hint, room, roomCode, serverUrl, status }: PosterOrder): Promise<Poster> {
  const load = (address: string) => loadImage(easel, address, clock)
  const [cover, face, code] = await Promise.all([
    room.cover === null ? undefined : load(serverUrl + room.cover),
    load(room.anchor.picture ? serverUrl + room.anchor.picture : avatarArt(room.anchor.avatar)),
    roomCode(room.id).then(async ({ fields, picture }) => (picture === undefined ? undefined : await load(picture)) ?? fields),
  ])
  const content: PosterContent = { title: room.title, anchor: room.anchor.nickname, isLive: room.status === 'live', status, hint, appName, colours: coverColours(room.id), cover, face, code }
  const picture = await draw(easel, POSTER, measure => posterLayout(content, measure), { cover, face, ...('src' in code && { code }) })
  return { picture, isCoverMissing: room.cover !== null && !cover }
}
