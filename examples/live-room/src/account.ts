/** Who is here: asked once, remembered on this device. */
import type { AccountInfo } from '@/uni_modules/lianmai-live-room'
import liveRoom from '@/uni_modules/lianmai-live-room'

export interface Door {
  readonly server: string
  readonly nickname: string
}

const KEY = 'door'
const FIRST: Door = { server: 'http://127.0.0.1:8080', nickname: '' }

export const rememberedDoor = (): Door => uni.getStorageSync(KEY) || FIRST

/** @throws LiveRoomError in words that can be shown */
export async function enter(door: Door): Promise<AccountInfo> {
  const me = await liveRoom.login({ server: door.server.trim(), nickname: door.nickname.trim() || undefined })
  uni.setStorageSync(KEY, { ...door, nickname: me.userName })
  return me
}

/** For a page that is opened by its address: whoever was here last. */
export const enterAgain = async (): Promise<AccountInfo> => liveRoom.getAccountInfo() ?? enter(rememberedDoor())
