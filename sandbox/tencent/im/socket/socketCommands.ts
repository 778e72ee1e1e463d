/**
 * What the SDK (tim-wx-sdk 2.27) asks over its socket, made after what it sends and what it makes of the answers. A command
 * that is not here is refused, and remembered in `unknown`.
 */
import type { UserSigner } from '../../../../server/auth/userSig'
import type { ImCloud } from '../ImCloud'
import type { Account, ImSession } from '../ImSession'
import type { Element, Json } from '../wire'
import * as v from 'valibot'
import { badRequest, ImRefusal, notAllowed, notLoggedIn } from '../ImRefusal'
import { random32, seconds } from '../wire'

/** The SDK gives an answer up after 15 s. */
const HOLD_MAX_MS = 10_000

export const Head = v.object({
  servcmd: v.pipe(v.string(), v.maxLength(128)),
  seq: v.number(),
  identifier: v.optional(v.string()),
  usersig: v.optional(v.string()),
  a2: v.optional(v.string()),
  tinyid: v.optional(v.string()),
})
export type Head = v.InferOutput<typeof Head>

const Group = v.object({ GroupId: v.string() })
const Groups = v.object({ GroupIdList: v.array(v.string()) })
const Poll = v.object({ Key: v.string(), StartSeq: v.number(), HoldTime: v.number() })
const NewGroup = v.object({ GroupId: v.pipe(v.string(), v.regex(/^(?!@TGS#)[\x20-\x7E]{1,48}$/)), Name: v.pipe(v.string(), v.minLength(1)), Type: v.literal('AVChatRoom') })
const Elements = v.pipe(v.array(v.object({ MsgType: v.picklist(['TIMTextElem', 'TIMCustomElem']), MsgContent: v.record(v.string(), v.unknown()) })), v.minLength(1))
const Message = v.object({
  GroupId: v.string(),
  Random: v.number(),
  MsgPriority: v.optional(v.picklist(['High', 'Normal', 'Low', 'Lowest']), 'Normal'),
  MsgBody: Elements,
  CloudCustomData: v.optional(v.string()),
})
const PersonalMessage = v.object({ To_Account: v.string(), MsgSeq: v.number(), MsgRandom: v.number(), MsgBody: Elements, CloudCustomData: v.optional(v.string()) })

/** What the SDK asks at its start, and for what nobody here has anything to tell. */
const NOTHING_TO_TELL = new Set([
  'im_open_status.wshello',
  'im_open_status.ws_stat_background',
  'im_open_status.ws_stat_foreground',
  'im_sdk_config_mgr.fetch_config',
  'im_sdk_config_mgr.fetch_imsdk_purchase_bitsv2',
  'im_open_push.ws_msg_push_ack',
  'imopenstat.tim_web_report_v2',
  'heartbeat.alive',
  'openim.getmsg',
  'openim.authkey',
  'openim.get_peer_read_time',
  'openim.get_c2c_peer_mute_notifications',
  'sns.black_list_get',
  'recentcontact.get_contact_group',
  'million_group_open_http_svc.get_joined_group_list',
  'group_open_http_svc.get_joined_group_list',
  'group_open_http_svc.get_pendency',
])

export interface SocketCommandOptions {
  readonly cloud: ImCloud
  readonly signer: UserSigner
  readonly now: () => number
  /** Commands that came and are not known. */
  readonly unknown: string[]
}

export function createSocketCommands({ cloud, signer, now, unknown }: SocketCommandOptions) {
  /** Tickets of logins, by which a window is known after a drop. */
  const tickets = new Map<string, Account>()
  const commands: Readonly<Record<string, (session: ImSession, body: unknown, head: Head) => Json | Promise<Json>>> = {
    'im_open_status.wslogin': (session, _, head) => {
      const account = ownerOf(head)
      session.isKicked = false
      cloud.logIn(session, account)
      const A2Key = `a2-${random32()}-${account.id}`
      tickets.set(A2Key, account)
      return { A2Key, TinyId: account.tinyId, InstId: random32() % 1_000_000, InstType: 0, TimeStamp: seconds(now()), PurchaseBits: '0', HelloInterval: 120, ExpireTime: 86_400, CustomStatus: '' }
    },
    'im_open_status.wslogout': (session, _, head) => {
      cloud.logOut(session)
      tickets.delete(head.a2 ?? '')
      return {}
    },
    'openim.sendmsg': async (session, body, head) => {
      const { id: from } = identify(session, head)
      const { To_Account: to, MsgSeq: seq, MsgRandom: random, MsgBody: elements, CloudCustomData: cloudCustomData } = read(PersonalMessage, body)
      const { MsgTime, MsgKey } = await cloud.whisper({ from, to, elements, random, seq, cloudCustomData }, session, { before: false })
      return { MsgTime, MsgKey }
    },
    'group_open_http_svc.create_group': (session, body, head) => {
      const { GroupId, Name } = read(NewGroup, body)
      return { GroupId: cloud.createGroup(GroupId, identify(session, head).id, Name).id, Type: 'AVChatRoom' }
    },
    'group_open_http_svc.destroy_group': (session, body, head) => {
      cloud.destroyGroup(read(Group, body).GroupId, identify(session, head).id)
      return {}
    },
    'group_open_http_svc.apply_join_group': (session, body, head) => {
      identify(session, head)
      return join(session, body)
    },
    'group_open_http_noauth_svc.apply_join_group': (session, body) => join(session, body),
    'group_open_http_svc.quit_group': (session, body) => {
      cloud.quit(session, read(Group, body).GroupId)
      return {}
    },
    'group_open_http_svc.get_group_self_member_info': (session, body) => ({ GroupInfo: read(Groups, body).GroupIdList.map(id => describeGroup(session, id)) }),
    'group_open_http_svc.get_online_member_num': (_, body) => ({ OnlineMemberNum: cloud.group(read(Group, body).GroupId).online, ExpireTime: 60 }),
    'group_open_http_svc.send_group_msg': (session, body, head) => {
      const { id } = identify(session, head)
      const { GroupId, Random, MsgPriority, MsgBody, CloudCustomData } = read(Message, body)
      if (!cloud.group(GroupId).isMember(id))
        throw notAllowed('not in this group')
      const elements = MsgBody.map(({ MsgType, MsgContent }): Element => ({ MsgType, MsgContent }))
      return cloud.say(GroupId, { from: id, operator: id, elements, priority: MsgPriority, random: Random, cloudCustomData: CloudCustomData }, session, { before: false, after: false }).then(sent => ({ ...sent }))
    },
    'group_open_long_polling_http_svc.get_msg': (session, body, head) => {
      identify(session, head)
      return poll(session, body)
    },
    'group_open_long_polling_http_noauth_svc.get_msg': (session, body) => poll(session, body),
    'recentcontact.page_get': () => ({ CompleteFlag: 1, SessionItem: [] }), // else the SDK asks on and on
    'profile.portrait_get_all': (session, _, head) => ({ UserProfileItem: [describeAccount(identify(session, head))] }),
  }

  /** A window that comes back asks before it has logged in again: its ticket says who it is. */
  function identify(session: ImSession, head: Head): Account {
    const account = session.account ?? tickets.get(head.a2 ?? '')
    if (!account || session.isKicked)
      throw notLoggedIn()
    if (!session.account)
      cloud.logIn(session, account)
    return account
  }

  function ownerOf({ a2, identifier, usersig }: Head): Account {
    const account = tickets.get(a2 ?? '')
    if (account)
      return account
    if (a2 !== undefined || identifier === undefined || usersig === undefined)
      throw notLoggedIn()
    const verdict = signer.verify(usersig, now())
    if (verdict.status !== 'valid')
      throw new ImRefusal(verdict.status === 'expired' ? 70_001 : 70_003, `the usersig is ${verdict.status}`)
    if (verdict.userId !== identifier)
      throw new ImRefusal(70_013, 'the usersig is of another account')
    return cloud.importAccount(identifier)
  }

  function join(session: ImSession, body: unknown): Json {
    const group = cloud.join(session, read(Group, body).GroupId)
    return { JoinedStatus: 'JoinedSuccess', HugeGroupFlag: 1, LongPollingKey: group.key, StartSeq: group.nextSeq, WebPushFlag: 1, HistoryMsgNum: 0 }
  }

  async function poll(session: ImSession, body: unknown): Promise<Json> {
    const { Key, StartSeq, HoldTime } = read(Poll, body)
    const { messages, nextSeq } = await cloud.poll(session, Key, StartSeq, Math.min(HoldTime * 1000, HOLD_MAX_MS))
    return { Key, NextSeq: nextSeq, RspMsgList: messages }
  }

  function describeGroup(session: ImSession, GroupId: string): Json {
    const group = cloud.groups.get(GroupId)
    if (!group)
      return { GroupId, ErrorCode: 10_010, ErrorInfo: 'group does not exist' }
    const Role = group.owner === session.account?.id ? 'Owner' : 'Member'
    const fixed = { Type: 'AVChatRoom', MaxMemberNum: 0, ApplyJoinOption: 'FreeAccess', Introduction: '', Notification: '', FaceUrl: '', AppDefinedData: [] }
    const counters = { CreateTime: seconds(group.createdAt), InfoSeq: 1, LastInfoTime: 1, LastMsgTime: 1, NextMsgSeq: group.nextSeq }
    const members = group.members.map(Member_Account => ({ Member_Account, Role: Member_Account === group.owner ? 'Owner' : 'Member' }))
    return { GroupId, ErrorCode: 0, ErrorInfo: '', ...fixed, ...counters, Name: group.name, Owner_Account: group.owner, MemberNum: members.length, ShutUpAllMember: group.isEveryoneSilenced ? 'On' : 'Off', MemberList: members, SelfInfo: { Role } }
  }

  return {
    async answer(session: ImSession, head: Head, body: unknown): Promise<Json> {
      const run = commands[head.servcmd]
      if (run)
        return run(session, body, head)
      if (NOTHING_TO_TELL.has(head.servcmd))
        return {}
      unknown.push(head.servcmd)
      throw new ImRefusal(60_009, 'no such command')
    },
  }
}

function read<Schema extends v.GenericSchema>(schema: Schema, body: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, body)
  if (!parsed.success)
    throw badRequest(parsed.issues.map(issue => `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`).join('; '))
  return parsed.output
}

function describeAccount({ id, nick, face }: Account): Json {
  return {
    To_Account: id,
    ResultCode: 0,
    ResultInfo: '',
    ProfileItem: [{ Tag: 'Tag_Profile_IM_Nick', Value: nick }, { Tag: 'Tag_Profile_IM_Image', Value: face }],
  }
}
