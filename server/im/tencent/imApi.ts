/** What is asked of Tencent IM, in our words; the numbers are of https://www.tencentcloud.com/document/product/<number>. */
import type { User } from '../../../shared/protocol/rest'
import type { GroupNews, PersonalNews } from '../../../shared/protocol/tencentIm'
import type { ImAddresses } from '../ImAddresses'
import type { ImRest } from './imRest'
import type { ANCHORS_CHANGED, ANCHORS_CHANGED_NOTICE } from './oldDialect/messages'
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

/** For the old room service's clients: see oldDialect. */
export type OldNews = typeof ANCHORS_CHANGED
export type OldNotice = typeof ANCHORS_CHANGED_NOTICE

/** By our ids, which it translates. Every call may throw a TencentImError. */
export interface ImApi {
  /**
   * A group that is there already is fine. Answers whether it is somebody else's.
   *
   * @param ownerId whose it is to be; undefined: the administrator's
   */
  createGroup: (roomId: string, ownerId: string | undefined, timeoutMs?: number) => Promise<'ours' | 'foreign'>
  /** One that is gone already is fine. */
  destroyGroup: (roomId: string) => Promise<void>
  /** @param random two with the same, within five minutes, are one message */
  tellGroup: (roomId: string, news: GroupNews | OldNews, priority: Priority, random: number) => Promise<void>
  /** Without a place in the group's order and its limits. */
  notifyGroup: (roomId: string, news: GroupNews | OldNotice) => Promise<void>
  /** Only to who is online: nothing is kept. */
  tellPerson: (userId: string, news: PersonalNews, random: number) => Promise<void>
  /** In somebody's name, or the administrator's. Who has no account there hears nothing, nor does anybody of them. */
  whisper: (fromId: string | undefined, toId: string, message: object, random: number) => Promise<void>
  /** At most PEOPLE_MAX of them. */
  silence: (roomId: string, userIds: readonly string[], isSilenced: boolean) => Promise<void>
  /** At most PEOPLE_MAX of them. Needs the paid edition with bans in live groups. */
  ban: (roomId: string, userIds: readonly string[], isBanned: boolean) => Promise<void>
  /** People and visitors in the group; Tencent counts every ten seconds. */
  countOnline: (roomId: string) => Promise<number>
  importAccount: (user: User) => Promise<void>
}

const OnlineAnswer = v.object({ OnlineMemberNum: v.pipe(v.number(), v.integer(), v.minValue(0)) })

export function createImApi(rest: ImRest, admin: string, { accountOf, groupOf }: Pick<ImAddresses, 'accountOf' | 'groupOf'>): ImApi {
  const group = (command: string, roomId: string, body: object = {}, timeoutMs = TIMEOUT_MS) =>
    rest(`group_open_http_svc/${command}`, { GroupId: groupOf(roomId), ...body }, timeoutMs)

  async function createFor(owner: string, roomId: string, timeoutMs?: number): Promise<'ours' | 'foreign'> { // 269/1615
    try {
      await group('create_group', roomId, { Owner_Account: owner, Type: 'AVChatRoom', Name: groupOf(roomId) }, timeoutMs)
    }
    catch (error) {
      if (isCode(error, ImCode.groupTaken))
        return 'foreign'
      if (!isCode(error, ImCode.groupOurs))
        throw error
    }
    return 'ours'
  }

  async function speak(from: string | undefined, to: string | undefined, data: object, random: number): Promise<void> { // 1047/34919
    if (to === undefined)
      return
    await rest('openim/sendmsg', {
      SyncOtherMachine: 2,
      ...(from !== undefined && { From_Account: from }),
      To_Account: to,
      MsgLifeTime: 0,
      MsgRandom: random,
      MsgBody: customElement(data),
      SendMsgControl: ['NoUnread', 'NoLastMsg'],
      ...UNASKED,
    }, TIMEOUT_MS)
  }

  async function importAccount(account: object): Promise<void> { // 1047/34953
    await rest('im_open_login_svc/account_import', account, TIMEOUT_MS)
  }

  /** Nothing is asked about nobody. */
  async function about(userIds: readonly string[], ask: (accounts: readonly string[]) => Promise<unknown>): Promise<void> {
    const accounts = userIds.flatMap(userId => accountOf(userId) ?? [])
    if (accounts.length > 0)
      await ask(accounts)
  }

  return {
    async createGroup(roomId, ownerId, timeoutMs) {
      const owner = ownerId === undefined ? undefined : accountOf(ownerId)
      try {
        return await createFor(owner ?? admin, roomId, timeoutMs)
      }
      catch (error) {
        if (owner === undefined || !isCode(error, ImCode.unknownAccount))
          throw error
        await importAccount({ UserID: owner }) // has not been there yet
        return createFor(owner, roomId, timeoutMs)
      }
    },
    async destroyGroup(roomId) { // 269/1624
      try {
        await group('destroy_group', roomId)
      }
      catch (error) {
        if (!isCode(error, ImCode.noSuchGroup, ImCode.groupGone))
          throw error
      }
    },
    async tellGroup(roomId, news, priority, random) { // 1047/34959
      await group('send_group_msg', roomId, { Random: random, MsgPriority: priority, MsgBody: customElement(news), ...UNASKED })
    },
    async notifyGroup(roomId, news) { // 269/1630
      await group('send_group_system_notification', roomId, { Content: JSON.stringify(news) })
    },
    tellPerson: (userId, news, random) => speak(undefined, accountOf(userId), news, random),
    async whisper(fromId, toId, message, random) {
      const from = fromId === undefined ? admin : accountOf(fromId)
      if (from !== undefined)
        await speak(from, accountOf(toId), message, random)
    },
    silence: (roomId, userIds, isSilenced) => about(userIds, accounts => // 1047/34951
      group('forbid_send_msg', roomId, { Members_Account: accounts, MuteTime: isSilenced ? FOR_EVER : 0 })),
    ban: (roomId, userIds, isBanned) => about(userIds, accounts => isBanned // 1047/50296, 1047/50297
      ? group('ban_group_member', roomId, { Members_Account: accounts, Duration: FOR_EVER })
      : group('unban_group_member', roomId, { Members_Account: accounts })),
    async countOnline(roomId) { // 1047/38521
      const answer = v.safeParse(OnlineAnswer, await group('get_online_member_num', roomId))
      if (!answer.success)
        throw new TencentImError('group_open_http_svc/get_online_member_num', undefined, 'without a number')
      return answer.output.OnlineMemberNum
    },
    importAccount: ({ id, nickname, avatar }) => importAccount({ UserID: id, Nick: nickname, FaceUrl: String(avatar) }),
  }
}

export const isCode = (error: unknown, ...codes: readonly number[]): boolean => error instanceof TencentImError && error.code !== undefined && codes.includes(error.code)

const customElement = (data: object) => [{ MsgType: 'TIMCustomElem', MsgContent: { Data: JSON.stringify(data), Desc: '', Ext: '' } }]
