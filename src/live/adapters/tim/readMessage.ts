/** The door for what comes through Tencent IM. People there may send anything, by other programs too. */
import type { TimMessage } from './timSdk'
import type { LinkMicView } from '@/shared/protocol/linkMic'
import type { Standing } from '@/shared/protocol/moderation'
import type { User } from '@/shared/protocol/user'
import type { RoomMessage } from '@/shared/protocol/ws'
import * as v from 'valibot'
import { cleanText, textProblem } from '@/shared/domain/chatText'
import { mayBeUserId, USER_ID } from '@/shared/domain/ids'
import { Nickname } from '@/shared/protocol/rest'
import { GroupNews, OldSpeech, PersonalNews, SERVER_ACCOUNT } from '@/shared/protocol/tencentIm'
import { Avatar, AVATAR_COUNT } from '@/shared/protocol/user'
import { TYPES } from './timSdk'

export type Heard
  = | { readonly type: 'message', readonly message: RoomMessage }
    | { readonly type: 'online', readonly online: number }
    | { readonly type: 'linkMic', readonly view: LinkMicView }
    | { readonly type: 'standing', readonly standing: Standing }
  /** By the anchor. */
    | { readonly type: 'removed' }
    | { readonly type: 'dismissed' }

/** A room, and the group in which its chat is. */
export interface Place {
  readonly roomId: string
  readonly group: string
}

/** What a message says to somebody in the room; undefined when it is nothing of ours. `serverAccount` speaks for the server. */
export function readMessage(message: TimMessage, { roomId, group }: Place, serverAccount = SERVER_ACCOUNT): Heard | undefined {
  const isInGroup = message.conversationType === TYPES.group && message.to === group
  switch (message.type) {
    case TYPES.text: return isInGroup ? readChat(message) : undefined
    case TYPES.custom:
      if (message.from !== serverAccount)
        return isInGroup ? readOldChat(message) : undefined
      if (message.conversationType === TYPES.person)
        return readPersonalNews(message.payload.data, roomId)
      return isInGroup ? readGroupNews(message.payload.data, roomId) : undefined
    case TYPES.groupNotice: return message.payload.groupProfile?.groupID === group ? readNotice(message, roomId) : undefined
    default: return undefined
  }
}

function readChat(message: TimMessage): Heard | undefined {
  const { from, nick, avatar, payload } = message
  const sender = readOldSpeech(message)?.sender ?? (USER_ID.test(from) ? { id: from, nickname: readNickname(nick) ?? from, avatar: readAvatar(avatar) ?? numberOf(from) } : undefined)
  return sender && chatOf(message, sender, payload.text)
}

/** Clients of the old room service say who they are in a custom element before the text, which the SDK shows to nobody. */
function readOldChat(message: TimMessage): Heard | undefined {
  const speech = readOldSpeech(message)
  return speech && chatOf(message, speech.sender, speech.text)
}

/** What our server has put beside the words of an account that is no id of ours. */
function readOldSpeech({ from, cloudCustomData }: TimMessage): OldSpeech | undefined {
  const speech = mayBeUserId(from) ? undefined : v.safeParse(OldSpeech, parsed(cloudCustomData))
  return speech?.success ? speech.output : undefined
}

function chatOf({ ID, time, sequence }: TimMessage, from: User, raw = ''): Heard | undefined {
  const text = cleanText(raw)
  return textProblem(text) ? undefined : { type: 'message', message: { type: 'chat', seq: sequence, id: ID, at: time * 1000, from, text } }
}

function readNotice({ payload }: TimMessage, roomId: string): Heard | undefined {
  if (payload.operationType === TYPES.dismissed)
    return { type: 'dismissed' }
  return payload.operationType === TYPES.customNotice ? readGroupNews(payload.userDefinedField, roomId) : undefined
}

function readGroupNews(text: string | undefined, roomId: string): Heard | undefined {
  const news = v.safeParse(GroupNews, parsed(text))
  if (!news.success)
    return undefined
  const { output } = news
  switch (output.type) {
    case 'online': return output.roomId === roomId ? { type: 'online', online: output.online } : undefined
    case 'joinNotice': return { type: 'message', message: output }
    default: return output.room.id === roomId ? { type: 'message', message: output } : undefined
  }
}

function readPersonalNews(text: string | undefined, roomId: string): Heard | undefined {
  const news = v.safeParse(PersonalNews, parsed(text))
  if (!news.success)
    return undefined
  const { output } = news
  switch (output.type) {
    case 'linkMic': return output.view.roomId === roomId ? { type: 'linkMic', view: output.view } : undefined
    case 'standing': return output.standing.roomId === roomId ? { type: 'standing', standing: output.standing } : undefined
    case 'removed': return output.roomId === roomId ? { type: 'removed' } : undefined
  }
}

function parsed(text = ''): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    return undefined
  }
}

function readNickname(nick: unknown): string | undefined {
  const nickname = v.safeParse(Nickname, nick)
  return nickname.success ? nickname.output : undefined
}

/** The server keeps the number of the avatar where an account has the address of a picture. */
function readAvatar(face: unknown): number | undefined {
  const avatar = v.safeParse(Avatar, typeof face === 'string' && /^\d+$/.test(face) ? Number(face) : undefined)
  return avatar.success ? avatar.output : undefined
}

/** Somebody without a face always gets the same one. */
const numberOf = (id: string) => [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % AVATAR_COUNT
