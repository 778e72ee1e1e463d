/** A QR code of the room's web link, which every camera reads. WeChat's own mini-program codes need the server's help. */
import type { RoomCode } from '@/src/ports/RoomCode'
import { qrMatrix } from '@/src/live/qr/qrMatrix'
import { roomLink } from '@/src/live/roomLink'

export function createLinkCode(serverUrl: string): RoomCode {
  return async roomId => ({ fields: qrMatrix(roomLink(serverUrl, roomId)) })
}
