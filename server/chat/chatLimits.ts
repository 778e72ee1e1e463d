import type { ChatLimits } from './limits'
import { DEFAULT_CHAT_LIMITS } from './limits'

const perMinute = ({ perSecond }: { readonly perSecond: number }) => perSecond * 60
const { sockets, socketsPerAddress, socketsPerUser, saysPerUser, saysPerRoom } = DEFAULT_CHAT_LIMITS

/** Those limits of chat that operators may have reason to change, with their variables. */
export const CHAT_LIMITS = {
  sockets: { env: 'CHAT_SOCKETS', value: sockets, about: 'chat sockets in all' },
  socketsPerAddress: { env: 'CHAT_SOCKETS_PER_ADDRESS', value: socketsPerAddress, about: 'chat sockets from one address' },
  socketsPerUser: { env: 'CHAT_SOCKETS_PER_USER', value: socketsPerUser, about: 'chat sockets of one person; the oldest makes room' },
  userTexts: { env: 'CHAT_USER_TEXTS_PER_MINUTE', value: perMinute(saysPerUser), about: 'texts of one person a minute, on average' },
  roomTexts: { env: 'CHAT_ROOM_TEXTS_PER_MINUTE', value: perMinute(saysPerRoom), about: 'texts of everyone in a room a minute, on average' },
} as const

/** @param variables already found to be whole numbers where they are set */
export function readChatLimits(variables: Readonly<Record<string, string | undefined>>): ChatLimits {
  const read = (name: keyof typeof CHAT_LIMITS): number => Number(variables[CHAT_LIMITS[name].env] ?? CHAT_LIMITS[name].value)
  return {
    ...DEFAULT_CHAT_LIMITS,
    sockets: read('sockets'),
    socketsPerAddress: read('socketsPerAddress'),
    socketsPerUser: read('socketsPerUser'),
    saysPerUser: { ...saysPerUser, perSecond: read('userTexts') / 60 },
    saysPerRoom: { ...saysPerRoom, perSecond: read('roomTexts') / 60 },
  }
}
