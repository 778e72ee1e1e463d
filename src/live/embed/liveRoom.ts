/**
 * The module beside the component <lianmai-live-room>: who is here and which rooms there are. `login` first; the component
 * goes on with whoever is logged in.
 */
import type { Account, AccountInfo } from './account'
import type { Callbacks } from './callbacks'
import type { ConnectServer, TimSdk } from './embeddedServices'
import type { RoomInfo } from './rooms'
import type { RoomApi } from '@/src/ports/RoomApi'
import { provideServices } from '@/src/app/services'
import { languageOf } from '@/src/locales/translate'
import { ApiFailure } from '@/src/ports/RoomApi'
import { newProfile } from '@/src/stores/nicknames'
import { Observable } from '../sessions/Observable'
import { createAccount } from './account'
import { answering } from './callbacks'
import { connectServer, deviceLanguage } from './embeddedServices'
import { FAILED, LiveRoomError } from './LiveRoomError'
import { listRooms, presentRoom } from './rooms'
import { createWords } from './words'

export type { AccountInfo } from './account'
export { LiveRoomError } from './LiveRoomError'
export type { RoomEvent, RoomEventDetail, RoomEventTag } from './roomEvent'
export type { RoomInfo } from './rooms'

export interface LoginOptions extends Callbacks<AccountInfo> {
  /** Where the server is, such as `https://live.example.com`. */
  readonly server: string
  /** Up to 20 characters. Without one, whoever is new gets a friendly name. In WeChat the person is the one of their WeChat account. */
  readonly nickname?: string
  /** One of the built-in drawings, 0 to 11. */
  readonly avatar?: number
  /** Of another account system that the server trusts; a function is asked again when it has run out. */
  readonly token?: string | (() => Promise<string>)
  /** The TIM SDK (tim-wx-sdk), for a server whose chat Tencent IM carries. */
  readonly tim?: TimSdk
}

export interface LiveRoom {
  /** Again, it logs in as somebody else, or elsewhere: a component that runs then is stopped. @throws LiveRoomError */
  login: (options: LoginOptions) => Promise<AccountInfo>
  /** The server remembers the person, this device does not. A component that runs is stopped. */
  logout: (callbacks?: Callbacks<void>) => Promise<void>
  /** Undefined when nobody is logged in. */
  getAccountInfo: () => AccountInfo | undefined
  /** `cnt` rooms (20) from the `index`th on (0). @throws LiveRoomError */
  getRoomList: (options?: { readonly index?: number, readonly cnt?: number } & Callbacks<readonly RoomInfo[]>) => Promise<readonly RoomInfo[]>
  /** One room with who is on its stage. @throws LiveRoomError */
  getRoom: (options: { readonly roomID: string } & Callbacks<RoomInfo>) => Promise<RoomInfo>
  /** For the component. */
  readonly account: Observable<Account | undefined>
}

const CNT = 20
const CNT_MAX = 200

export function createLiveRoom(connect: ConnectServer = connectServer): LiveRoom {
  const account = new Observable<Account | undefined>(undefined)
  let turn = 0

  async function login({ avatar, nickname, server, tim, token }: LoginOptions): Promise<AccountInfo> {
    const mine = ++turn
    if (!/^https?:\/\/[^/\s]+/.test(server))
      throw new LiveRoomError(FAILED.badParameters, createWords(deviceLanguage()).t('embed.noServer'))
    const profile = () => ({ ...newProfile(languageOf(deviceLanguage()), Math.random), ...(nickname === undefined ? {} : { nickname }), ...(avatar === undefined ? {} : { avatar }) })
    const services = connect({
      server: server.replace(/\/+$/, ''),
      profile,
      accountToken: token === undefined ? undefined : async () => typeof token === 'function' ? token() : token,
      tim,
    })
    const words = createWords(services.platform.language)
    const { roomApi, sessionKeeper } = services
    try {
      const session = sessionKeeper.current ? await roomApi.refreshSession() : await roomApi.createSession(profile())
      if (session.im.kind !== 'embedded' && !tim)
        throw new LiveRoomError(FAILED.badParameters, words.t('embed.noTim'))
      const isRenamed = nickname !== undefined && session.user.nickname !== nickname
      const hasOtherFace = avatar !== undefined && session.user.avatar !== avatar
      if (token === undefined && (isRenamed || hasOtherFace))
        await roomApi.updateMe({ nickname, avatar })
    }
    catch (cause) {
      throw failed(cause, FAILED.login, words.errorText)
    }
    const opened = createAccount(services, words)
    if (mine === turn) {
      provideServices(services)
      account.set(opened)
    }
    return opened.info
  }

  async function logout(): Promise<void> {
    turn++
    account.value?.services.forget()
    account.set(undefined)
  }

  async function ask<Answer>(question: (api: RoomApi, serverUrl: string) => Promise<Answer>): Promise<Answer> {
    if (!account.value)
      throw new LiveRoomError(FAILED.login, createWords(deviceLanguage()).t('embed.notLoggedIn'))
    const { services, words } = account.value
    try {
      return await question(services.roomApi, services.platform.serverUrl)
    }
    catch (cause) {
      throw failed(cause, FAILED.request, words.errorText)
    }
  }

  return {
    account,
    login: options => answering(login(options), options),
    logout: (callbacks = {}) => answering(logout(), callbacks),
    getAccountInfo: () => account.value?.info,
    getRoomList: ({ cnt = CNT, index = 0, ...callbacks } = {}) => answering(ask(async (api, serverUrl) => {
      const rooms = await listRooms(api, Math.max(0, index), Math.min(Math.max(1, cnt), CNT_MAX))
      return rooms.map(room => presentRoom(room, serverUrl))
    }), callbacks),
    getRoom: ({ roomID, ...callbacks }) => answering(ask(async (api, serverUrl) => presentRoom((await api.getRoom(roomID)).room, serverUrl)), callbacks),
  }
}

const liveRoom = createLiveRoom()
export default liveRoom

function failed(cause: unknown, errCode: number, errorText: (code: ApiFailure['code']) => string): unknown {
  return cause instanceof ApiFailure ? new LiveRoomError(errCode, errorText(cause.code), cause.code) : cause
}
