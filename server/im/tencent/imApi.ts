/** What is asked of Tencent IM, in our words; the numbers are of https://www.tencentcloud.com/document/product/<number>. */
import type { User } from '../../../shared/protocol/rest'
import type { GroupNews, PersonalNews } from '../../../shared/protocol/tencentIm'
import type { ImRest } from './imRest'
import type { Priority } from './priority'
import * as v from 'valibot'
import { ImCode, TencentImError } from './TencentImError'

/** For everything nobody waits for. */
const TIMEOUT_MS = 2500
/** 2^32 - 1 seconds: for ever. */
const FOR_EVER = 0xFFFF_FFFF
/** Accounts in one request: silencing takes more, a ban does not. */
export const PEOPLE_MAX = 20
/** Our own messages need not be asked about. */
const UNASKED = { ForbidCallbackControl: ['ForbidBeforeSendMsgCallback', 'ForbidAfterSendMsgCallback'] }

/** Every call may throw a TencentImError. */
export interface ImApi {
  /** A group that is there already is fine. Answers whether it is somebody else's. */
  createGroup: (roomId: string, timeoutMs?: number) => Promise<'ours' | 'foreign'>
  /** One that is gone already is fine. */
  destroyGroup: (roomId: string) => Promise<void>
  /** @param random two with the same, within five minutes, are one message */
  tellGroup: (roomId: string, news: GroupNews, priority: Priority, random: number) => Promise<void>
  /** Without a place in the group's order and its limits. */
  notifyGroup: (roomId: string, news: GroupNews) => Promise<void>
  /** Only to who is online: nothing is kept. */
  tellPerson: (userId: string, news: PersonalNews, random: number) => Promise<void>
  /** At most PEOPLE_MAX of them. */
  silence: (roomId: string, userIds: readonly string[], isSilenced: boolean) => Promise<void>
  /** At most PEOPLE_MAX of them. Needs the paid edition with bans in live groups. */
  ban: (roomId: string, userIds: readonly string[], isBanned: boolean) => Promise<void>
  /** People and visitors in the group; Tencent counts every ten seconds. */
  countOnline: (roomId: string) => Promise<number>
  importAccount: (user: User) => Promise<void>
}

const OnlineAnswer = v.object({ OnlineMemberNum: v.pipe(v.number(), v.integer(), v.minValue(0)) })

export function createImApi(rest: ImRest, admin: string): ImApi {
  const group = (command: string, body: object, timeoutMs = TIMEOUT_MS) => rest(`group_open_http_svc/${command}`, body, timeoutMs)
  return {
    async createGroup(roomId, timeoutMs) { // 269/1615
      try {
        await group('create_group', { Owner_Account: admin, Type: 'AVChatRoom', GroupId: roomId, Name: roomId }, timeoutMs)
      }
      catch (error) {
        if (isCode(error, ImCode.groupTaken))
          return 'foreign'
        if (!isCode(error, ImCode.groupOurs))
          throw error
      }
      return 'ours'
    },
    async destroyGroup(roomId) { // 269/1624
      try {
        await group('destroy_group', { GroupId: roomId })
      }
      catch (error) {
        if (!isCode(error, ImCode.noSuchGroup, ImCode.groupGone))
          throw error
      }
    },
    async tellGroup(roomId, news, priority, random) { // 1047/34959
      await group('send_group_msg', { GroupId: roomId, Random: random, MsgPriority: priority, MsgBody: customElement(news), ...UNASKED })
    },
    async notifyGroup(roomId, news) { // 269/1630
      await group('send_group_system_notification', { GroupId: roomId, Content: JSON.stringify(news) })
    },
    async tellPerson(userId, news, random) { // 1047/34919
      await rest('openim/sendmsg', {
        SyncOtherMachine: 2,
        To_Account: userId,
        MsgLifeTime: 0,
        MsgRandom: random,
        MsgBody: customElement(news),
        SendMsgControl: ['NoUnread', 'NoLastMsg'],
        ...UNASKED,
      }, TIMEOUT_MS)
    },
    async silence(roomId, userIds, isSilenced) { // 1047/34951
      await group('forbid_send_msg', { GroupId: roomId, Members_Account: userIds, MuteTime: isSilenced ? FOR_EVER : 0 })
    },
    async ban(roomId, userIds, isBanned) { // 1047/50296, 1047/50297
      if (isBanned)
        await group('ban_group_member', { GroupId: roomId, Members_Account: userIds, Duration: FOR_EVER })
      else
        await group('unban_group_member', { GroupId: roomId, Members_Account: userIds })
    },
    async countOnline(roomId) { // 1047/38521
      const answer = v.safeParse(OnlineAnswer, await group('get_online_member_num', { GroupId: roomId }))
      if (!answer.success)
        throw new TencentImError('group_open_http_svc/get_online_member_num', undefined, 'without a number')
      return answer.output.OnlineMemberNum
    },
    async importAccount({ id, nickname, avatar }) { // 1047/34953
      await rest('im_open_login_svc/account_import', { UserID: id, Nick: nickname, FaceUrl: String(avatar) }, TIMEOUT_MS)
    },
  }
}

export const isCode = (error: unknown, ...codes: readonly number[]): boolean => error instanceof TencentImError && error.code !== undefined && codes.includes(error.code)

const customElement = (data: GroupNews | PersonalNews) => [{ MsgType: 'TIMCustomElem', MsgContent: { Data: JSON.stringify(data), Desc: '', Ext: '' } }]
