/**
 * Mini-program codes of rooms: WeChat's camera reads one and opens the room's page, with the room's id as `scene`.
 * https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/qrcode-link/qr-code/getUnlimitedQRCode.html
 */
import type { Buffer } from 'node:buffer'
import type { WeChatSettings } from '../settings'
import type { WeChatClient } from './weChatClient'

/** Somebody waits for a poster. */
const CODE_TIMEOUT_MS = 2500
/** Of about 100 KB each. */
const CODES_KEPT = 100
export const ROOM_PAGE = 'src/live/pages/room/index'
const WIDTH_PX = 430

export interface RoomCodes {
  /** A JPEG or PNG. @throws WeChatError */
  codeOf: (roomId: string) => Promise<Buffer>
}

export function createRoomCodes(client: Pick<WeChatClient, 'askForPicture'>, { version }: Pick<WeChatSettings, 'version'>): RoomCodes {
  /** By room, the one looked at longest ago first; those on their way too, so that one room is asked for once. */
  const codes = new Map<string, Promise<Buffer>>()

  function ask(roomId: string): Promise<Buffer> {
    // At most 32 visible ASCII characters fit into `scene`, and an id has no more. A page that is not published yet is no reason to refuse.
    const body = { scene: roomId, page: ROOM_PAGE, check_path: false, env_version: version, width: WIDTH_PX }
    return client.askForPicture({ method: 'POST', path: '/wxa/getwxacodeunlimit', body, timeoutMs: CODE_TIMEOUT_MS, isRepeatable: true })
  }

  return {
    async codeOf(roomId) {
      const code = codes.get(roomId) ?? ask(roomId)
      codes.delete(roomId)
      codes.set(roomId, code)
      if (codes.size > CODES_KEPT)
        codes.delete(codes.keys().next().value!)
      try {
        return await code
      }
      catch (error) {
        if (codes.get(roomId) === code)
          codes.delete(roomId)
        throw error
      }
    },
  }
}
