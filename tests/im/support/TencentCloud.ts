/**
 * A stand-in for the cloud at the far end of the real SDK's socket. The wire is JSON { head: { servcmd, seq }, body }, made
 * after what the SDK 2.27.6 sends and accepts: a double for tests of our adapter, no proof of what the real cloud does.
 */
import type { FakeSocket, SocketBackend } from './fakeWx'
import { Buffer } from 'node:buffer'

type Body = Record<string, any>
interface Frame { readonly head: { readonly servcmd: string }, readonly body: Body }

const GROUP = 'group_open_http_svc'
const ANONYMOUS_GROUP = 'group_open_http_noauth_svc'
const POLL = 'group_open_long_polling_http_svc.get_msg'
const ANONYMOUS_POLL = 'group_open_long_polling_http_noauth_svc.get_msg'
const POLL_HOLD_MS = 1000

export interface Speech {
  readonly from: string
  readonly groupId: string
  readonly nick?: string
  readonly face?: string
}

export class TencentCloud implements SocketBackend {
  readonly groups = new Set<string>()
  /** Who logged in, with what. */
  readonly logins: { readonly userId: string, readonly userSig: string }[] = []
  /** Texts that came, each once, however often it was sent. */
  readonly texts: string[] = []
  /** All that came, as it came. */
  readonly frames: string[] = []
  /** By which the service tells one text from another. */
  readonly randoms = new Set<number>()
  /** Names of what was asked, in order. */
  readonly asked: string[] = []
  readonly joined = new Set<string>()
  isReachable = true
  /** False: connections are accepted and nothing is answered. */
  isAnswering = true
  /** Commands that are refused with this code. */
  readonly refusals = new Map<string, number>()

  private readonly sockets = new Set<FakeSocket>()
  private sequence = 100
  private inbox: Body[] = []
  private kick: number | undefined
  private wakePoll = () => {}
  private turn = 0

  private readonly handlers: Record<string, (body: Body, head: Body) => Body | Promise<Body>> = {
    'im_open_status.wslogin': (_, { identifier, usersig }) => {
      if (identifier) // else it comes back after a drop, with the A2Key
        this.logins.push({ userId: identifier, userSig: usersig })
      return { A2Key: 'a2', TinyId: '144115000001', InstId: 1, InstType: 0, TimeStamp: seconds(), PurchaseBits: '0', HelloInterval: 120, ExpireTime: 86_400, CustomStatus: '' }
    },
    [`${GROUP}.apply_join_group`]: ({ GroupId }) => this.join(GroupId),
    [`${ANONYMOUS_GROUP}.apply_join_group`]: ({ GroupId }) => this.join(GroupId),
    [`${GROUP}.quit_group`]: ({ GroupId }) => ({ hasLeft: this.joined.delete(GroupId) }),
    [`${GROUP}.get_group_self_member_info`]: ({ GroupIdList }) => groupInfo(GroupIdList),
    [`${GROUP}.get_group_info`]: ({ GroupIdList }) => groupInfo(GroupIdList),
    [`${GROUP}.send_group_msg`]: ({ Random, MsgBody }) => this.hear(Random, MsgBody),
    'recentcontact.page_get': () => ({ CompleteFlag: 1, SessionItem: [] }), // else the SDK asks on and on
    [POLL]: () => this.poll(),
    [ANONYMOUS_POLL]: () => this.poll(),
  }

  accept(socket: FakeSocket) {
    if (!this.isReachable)
      return socket.drop()
    this.sockets.add(socket)
    socket.open()
  }

  async receive(socket: FakeSocket, data: string | ArrayBuffer) {
    const text = typeof data === 'string' ? data : Buffer.from(data).toString('utf8')
    this.frames.push(text)
    const { head, body } = JSON.parse(text) as Frame
    this.asked.push(head.servcmd)
    if (!this.isAnswering)
      return
    const refusal = this.refusals.get(head.servcmd.split('.')[1])
    const answer = refusal ? { ErrorCode: refusal } : await this.handlers[head.servcmd]?.(body, head)
    this.answer(socket, head, answer)
  }

  say(text: string, speech: Speech): void {
    this.tell(speech, [{ MsgType: 'TIMTextElem', MsgContent: { Text: text } }])
  }

  /** A custom element in the group. */
  custom(data: unknown, speech: Speech): void {
    this.tell(speech, [{ MsgType: 'TIMCustomElem', MsgContent: { Data: JSON.stringify(data), Desc: '', Ext: '' } }])
  }

  /** The same message once more, as a poll that overlaps brings it. */
  repeat(): void {
    const last = this.lastTold
    if (last)
      this.deliver(last)
  }

  /** A system notification of the group: 5 is its end, 255 one of our own. */
  notify(groupId: string, operation: number, text = ''): void {
    this.deliver({ ...this.envelope({ from: '@TIM#SYSTEM', groupId }), Event: 5, MsgBody: { ReportType: operation, UserDefinedField: text, Operator_Account: 'administrator' } })
  }

  dismiss(groupId: string): void {
    this.groups.delete(groupId)
    this.notify(groupId, 5)
  }

  /** To this person alone. */
  whisper(data: unknown, from: string, to: string): void {
    const message = {
      From_Account: from,
      To_Account: to,
      MsgTimeStamp: seconds(),
      MsgSeq: ++this.sequence,
      MsgRandom: random(),
      MsgClientTime: seconds(),
      MsgBody: [{ MsgType: 'TIMCustomElem', MsgContent: { Data: JSON.stringify(data), Desc: '', Ext: '' } }],
    }
    this.push('im_open_push.msg_push', { EventArray: [{ Event: 9, C2cMsgArray: [message] }] })
  }

  /** 1: the account is used in another window, 2: on another device, 3: sent away by REST. */
  kickOut(kind: number): void {
    this.kick = kind
    this.wakePoll()
  }

  drop(): void {
    this.endPolls()
    for (const socket of this.sockets)
      socket.drop()
    this.sockets.clear()
  }

  private lastTold: Body | undefined

  private tell(speech: Speech, MsgBody: Body[]): void {
    this.deliver({ ...this.envelope(speech), Event: 3, MsgBody })
  }

  private envelope({ from, groupId, nick = '', face = '' }: Speech): Body {
    return {
      From_Account: from,
      From_AccountNick: nick,
      From_AccountHeadurl: face,
      ToGroupId: groupId,
      GroupInfo: { From_AccountNick: nick, From_AccountHeadurl: face, GroupName: 'live', GroupType: 'AVChatRoom', GroupId: groupId },
      MsgSeq: ++this.sequence,
      MsgRandom: random(),
      MsgTimeStamp: seconds(),
      MsgClientTime: seconds(),
      MsgPriority: 'Normal',
      ClientSeq: 1,
      NoticeSeq: 1,
    }
  }

  private deliver(message: Body): void {
    this.lastTold = message
    this.inbox.push(message)
    this.wakePoll()
  }

  /** Only the newest question is answered with messages: an older one is of a connection that is gone. */
  private async poll(): Promise<Body> {
    const turn = this.endPolls()
    if (this.inbox.length === 0 && this.kick === undefined) {
      await new Promise<void>((resolve) => {
        this.wakePoll = resolve
        setTimeout(resolve, POLL_HOLD_MS).unref()
      })
    }
    if (turn !== this.turn)
      return { Key: 'poll-key', NextSeq: this.sequence + 1, RspMsgList: [] }
    if (this.kick !== undefined) {
      const KickType = this.kick
      this.kick = undefined
      return { ErrorCode: 1002, KickType }
    }
    return { Key: 'poll-key', NextSeq: this.sequence + 1, RspMsgList: this.inbox.splice(0) }
  }

  private endPolls(): number {
    this.wakePoll()
    return ++this.turn
  }

  private join(groupId: string): Body {
    if (!this.groups.has(groupId))
      return { ErrorCode: 10_010 }
    this.joined.add(groupId)
    this.inbox = [] // what was said before is not told
    return { JoinedStatus: 'JoinedSuccess', HugeGroupFlag: 1, LongPollingKey: 'poll-key', StartSeq: 1, WebPushFlag: 1, HistoryMsgNum: 0 }
  }

  private hear(unique: number, [{ MsgContent }]: Body[]): Body {
    if (!this.randoms.has(unique))
      this.texts.push(MsgContent.Text)
    this.randoms.add(unique)
    return { MsgTime: seconds(), MsgSeq: ++this.sequence }
  }

  private push(servcmd: string, body: Body): void {
    for (const socket of this.sockets)
      this.answer(socket, { servcmd, seq: ++this.sequence }, body)
  }

  /** The SDK takes ArrayBuffer frames from where it connects to. */
  private answer(socket: FakeSocket, head: Body, body: Body = {}): void {
    const common = { ActionStatus: body.ErrorCode ? 'FAIL' : 'OK', ErrorCode: 0, ErrorInfo: '', MsgSeq: ++this.sequence, MsgTime: seconds(), MsgKey: `key${this.sequence}` }
    socket.deliver(new TextEncoder().encode(JSON.stringify({ head: { ...head, ver: 'v4' }, body: { ...common, ...body } })).buffer as ArrayBuffer)
  }
}

function groupInfo(groupIds: readonly string[]): Body {
  const group = { Type: 'AVChatRoom', Name: 'live', Owner_Account: 'administrator', MemberNum: 2, MaxMemberNum: 6000, ApplyJoinOption: 'FreeAccess' }
  const counters = { CreateTime: 1_700_000_000, InfoSeq: 1, LastInfoTime: 1, LastMsgTime: 1, NextMsgSeq: 1 }
  const texts = { Introduction: '', Notification: '', FaceUrl: '', ShutUpAllMember: 'Off', AppDefinedData: [] }
  const self = { MemberList: [{ Member_Account: 'ume', Role: 'Member' }], SelfInfo: { Role: 'Member' } }
  return { GroupInfo: groupIds.map(GroupId => ({ GroupId, ErrorCode: 0, ErrorInfo: '', ...group, ...counters, ...texts, ...self })) }
}

const seconds = () => Math.floor(Date.now() / 1000)
const random = () => Math.floor(Math.random() * 2 ** 31)
