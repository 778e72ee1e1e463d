/** A QR code of the room's web link, which every camera reads; in WeChat the mini-program code, where the server has one. */
import type { RoomCode } from '@/src/ports/RoomCode'
import { qrMatrix } from '@/src/live/qr/qrMatrix'
import { roomLink } from '@/src/live/roomLink'

export function createRoomCode(serverUrl: string): RoomCode {
  return async roomId => ({
    fields: qrMatrix(roomLink(serverUrl, roomId)),
    // #ifdef MP-WEIXIN
    picture: `${serverUrl}/api/rooms/${roomId}/code`,
    // #endif
  })
}
