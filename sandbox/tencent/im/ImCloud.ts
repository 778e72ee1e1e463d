/** The cloud itself: its accounts, groups and sessions, and what happens between them. Both doors lead here. */
import type { CallbackAnswer, createCallbacks, Origin } from './callbacks'
import type { Account, ImSession } from './ImSession'
import type { GroupMessage, PersonalSpeech, Speech } from './wire'
import { BY_REST } from './callbacks'
import { ImGroup } from './ImGroup'
import { ImRefusal, noSuchGroup, notAllowed, refusedByApp, refusedForOne, silenced, tooManyMessages, unknownAccount, unknownCorrespondent } from './ImRefusal'
import { RateLimit } from './RateLimit'
import { NOTICE, random32, seconds } from './wire'

export interface ImCloudOptions {
  readonly admin: string
  readonly callbacks: ReturnType<typeof createCallbacks>
  readonly now: () => number
  /** How long somebody whose socket broke counts as there; 20 s in the real cloud. */
  readonly offlineAfterMs: number
}

/** https://cloud.tencent.com/document/product/269/1629 and 11673 */
const MESSAGES_PER_SECOND = 40
/** Of which so many wait for messages of high priority. */
const RESERVED_PER_SECOND = 10
const CUSTOM_CODES = { first: 10_100, last: 10_200 }
/** Of messages for one person: https://cloud.tencent.com/document/product/269/1632 */
const CUSTOM_CODES_FOR_ONE = { first: 120_001, last: 130_000 }
/** Not delivered, and the sender is told that it was. */
const SWALLOWED = 2

interface Sent { readonly MsgSeq: number, readonly MsgTime: number }
/** Callbacks that are not sent. */
interface Skips { readonly before: boolean, readonly after: boolean }

export class ImCloud {
  readonly accounts = new Map<string, Account>()
  readonly groups = new Map<string, ImGroup>()
  readonly sessions = new Set<ImSession>()
  /** By their keys, dismissed ones too: who polls late hears of the end. */
  private readonly polled = new Map<string, ImGroup>()
  private readonly rates = new Map<ImGroup, RateLimit>()
  /** Answers to messages that may be sent again, by sender and random. */
  private readonly said = new Map<string, Promise<Sent>>()
  private readonly departures = new Map<string, NodeJS.Timeout>()
  private sequence = 100

  constructor(private readonly options: ImCloudOptions) {
    this.importAccount(options.admin)
  }

  get admin(): string {
    return this.options.admin
  }

  /** Known already: what is given is changed. */
  importAccount(id: string, nick?: string, face?: string): Account {
    const account = this.accounts.get(id) ?? { id, nick: '', face: '', tinyId: String(144_115_000_000_000 + this.accounts.size) }
    account.nick = nick ?? account.nick
    account.face = face ?? account.face
    this.accounts.set(id, account)
    return account
  }

  account(id: string): Account {
    const account = this.accounts.get(id)
    if (!account)
      throw unknownAccount(id)
    return account
  }

  group(id: string): ImGroup {
    const group = this.groups.get(id)
    if (!group)
      throw noSuchGroup(id)
    return group
  }

  createGroup(id: string, owner: string, name: string): ImGroup {
    const taken = this.groups.get(id)
    if (taken)
      throw taken.owner === owner ? new ImRefusal(10_025, `group ${id} is yours already`) : new ImRefusal(10_021, `group ${id} is in use`)
    const group = new ImGroup(id, owner, name, this.options.now(), ++this.sequence)
    this.groups.set(id, group)
    this.polled.set(group.key, group)
    return group
  }

  /** `by`: an owner; undefined: the administrator, who may end any. */
  destroyGroup(id: string, by?: string): void {
    const group = this.group(id)
    if (by !== undefined && by !== group.owner)
      throw notAllowed('only its owner ends a group')
    this.groups.delete(id)
    group.sessions.clear()
    group.tell(this.notice(group, NOTICE.dismissed, ''))
  }

  /** Another window of the same account is sent away. */
  logIn(session: ImSession, account: Account): void {
    for (const other of this.sessionsOf(account.id)) {
      if (other !== session && other.instance !== session.instance)
        this.kickOut(other, 1)
    }
    const isBack = this.sessionsOf(account.id).length > 0
    session.account = account
    this.sessions.add(session)
    if (!isBack)
      this.stateChanged(account.id, 'Login', 'Register', session)
  }

  logOut(session: ImSession): void {
    const { account } = session
    for (const group of this.groupsOf(session))
      this.quit(session, group.id)
    this.sessions.delete(session)
    session.account = undefined
    if (account && this.sessionsOf(account.id).length === 0)
      this.stateChanged(account.id, 'Logout', 'Unregister', session)
  }

  /** The socket broke: the account stays in its groups for a while. */
  lost(session: ImSession): void {
    this.sessions.delete(session)
    const { account } = session
    const groups = this.groupsOf(session)
    for (const group of groups)
      group.sessions.delete(session)
    if (!account)
      return
    if (this.sessionsOf(account.id).length === 0)
      this.stateChanged(account.id, 'Disconnect', 'LinkClose', session)
    for (const group of groups)
      this.later(`${group.id} ${account.id}`, () => this.wentOffline(group, account.id))
  }

  /** 1: the account is used in another window, 2: on another device, 3: sent away by REST. */
  kickOut(session: ImSession, kind: 1 | 2 | 3): void {
    session.push('im_open_status.stat_forceoffline', { EventArray: [{ Event: 10, C2cNotifyMsgArray: [{ KickoutMsgNotify: { KickType: kind, NewInstInfo: {} } }] }] })
    session.isKicked = true
    this.logOut(session)
  }

  kickAccount(id: string): void {
    this.account(id)
    for (const session of this.sessionsOf(id))
      this.kickOut(session, 3)
  }

  join(session: ImSession, id: string): ImGroup {
    const group = this.group(id)
    const { account } = session
    if (account && group.isBanned(account.id, this.options.now()))
      throw notAllowed('banned from this group')
    const wasMember = account === undefined || group.isMember(account.id)
    this.enter(session, group)
    if (account && !wasMember)
      void this.options.callbacks.send('Group.CallbackAfterNewMemberJoin', { GroupId: id, Type: 'AVChatRoom', JoinType: 'Apply', Operator_Account: account.id, NewMemberList: [{ Member_Account: account.id }] }, session)
    return group
  }

  /**
   * What a session hears of the group with this key from `seq` on. Whoever polls is there: a window that comes back after a
   * drop polls before it does anything else.
   */
  async poll(session: ImSession, key: string, seq: number, holdMs: number): Promise<{ readonly messages: readonly GroupMessage[], readonly nextSeq: number }> {
    const group = this.polled.get(key)
    if (!group)
      throw notAllowed('the key of the poll is not known')
    const isOpen = () => this.groups.get(group.id) === group
    if (isOpen())
      this.comeBack(session, group)
    const messages = await group.poll(seq, isOpen() ? holdMs : 0)
    if (isOpen() ? !group.sessions.has(session) : messages.length === 0)
      throw isOpen() ? notAllowed('not in this group') : noSuchGroup(group.id)
    return { messages, nextSeq: group.nextSeq }
  }

  quit(session: ImSession, id: string): void {
    const group = this.group(id)
    const { account } = session
    group.sessions.delete(session)
    if (account && !group.isMember(account.id))
      void this.options.callbacks.send('Group.CallbackAfterMemberExit', { GroupId: id, Type: 'AVChatRoom', ExitType: 'Quit', Operator_Account: account.id, ExitMemberList: [{ Member_Account: account.id }] }, session)
  }

  silence(groupId: string, userIds: readonly string[], muteSeconds: number): void {
    const group = this.group(groupId)
    for (const id of userIds.map(userId => this.account(userId).id))
      group.silenced.set(id, this.options.now() + muteSeconds * 1000)
  }

  ban(groupId: string, userIds: readonly string[], banSeconds: number): void {
    const group = this.group(groupId)
    for (const id of userIds.map(userId => this.account(userId).id)) {
      group.banned.set(id, this.options.now() + banSeconds * 1000)
      for (const session of this.sessionsOf(id).filter(session => group.sessions.has(session))) {
        session.push('im_open_push.msg_push', { EventArray: [{ Event: 5, GroupTips: [this.notice(group, NOTICE.banned, '', id)] }] })
        group.sessions.delete(session)
      }
      this.expectNoMore(group, id)
    }
  }

  unban(groupId: string, userIds: readonly string[]): void {
    const group = this.group(groupId)
    userIds.forEach(id => group.banned.delete(id))
  }

  /** A second time with the same random, nothing is said and the first answer is given. */
  say(groupId: string, speech: Speech, origin: Origin, skips: Skips): Promise<Sent> {
    const key = `${groupId} ${speech.from} ${speech.random}`
    const said = this.said.get(key) ?? this.sayOnce(this.group(groupId), speech, origin, skips)
    this.said.set(key, said)
    said.catch(() => this.said.delete(key)) // what was refused may be tried again
    return said
  }

  /** A system notification with a content of the application's own. */
  notify(groupId: string, content: string): void {
    const group = this.group(groupId)
    group.tell(this.notice(group, NOTICE.custom, content))
  }

  /** @returns when and by which number; who is offline hears nothing */
  async whisper({ from, to, elements, random, seq = ++this.sequence, cloudCustomData = '' }: PersonalSpeech, origin: Origin, skips: Pick<Skips, 'before'>): Promise<Sent & { readonly MsgKey: string }> {
    const { callbacks, now } = this.options
    const [sender, receiver] = [this.accounts.get(from), this.accounts.get(to)]
    if (!sender || !receiver)
      throw unknownCorrespondent()
    const sent = { MsgSeq: seq, MsgTime: seconds(now()) }
    const MsgKey = `${seq}_${random}_${sent.MsgTime}`
    const body = { From_Account: from, To_Account: to, ...sent, MsgRandom: random, MsgKey, OnlineOnlyFlag: 0, MsgBody: elements, CloudCustomData: cloudCustomData }
    const verdict = skips.before ? undefined : await callbacks.send('C2C.CallbackBeforeSendMsg', body, origin)
    if (isLetThrough(verdict, CUSTOM_CODES_FOR_ONE, refusedForOne)) {
      const message = {
        From_Account: from,
        From_AccountNick: sender.nick,
        From_AccountHeadurl: sender.face,
        To_Account: to,
        MsgTimeStamp: sent.MsgTime,
        MsgSeq: seq,
        MsgRandom: random,
        MsgClientTime: sent.MsgTime,
        MsgBody: verdict?.MsgBody ?? elements,
        CloudCustomData: verdict?.CloudCustomData ?? cloudCustomData,
      }
      for (const session of this.sessionsOf(to))
        session.push('im_open_push.msg_push', { EventArray: [{ Event: 9, C2cMsgArray: [message] }] })
    }
    return { ...sent, MsgKey }
  }

  sessionsOf(userId: string): ImSession[] {
    return [...this.sessions].filter(({ account }) => account?.id === userId)
  }

  close(): void {
    this.departures.forEach(timer => clearTimeout(timer))
    for (const group of this.groups.values())
      group.wake()
  }

  private async sayOnce(group: ImGroup, speech: Speech, origin: Origin, skips: Skips): Promise<Sent> {
    const { callbacks, now, admin } = this.options
    if (speech.from !== admin && group.mayNotSpeak(speech.from, now()))
      throw silenced()
    const rate = this.rates.get(group) ?? new RateLimit(now)
    this.rates.set(group, rate)
    if (!rate.take(speech.priority === 'High' ? MESSAGES_PER_SECOND : MESSAGES_PER_SECOND - RESERVED_PER_SECOND))
      throw tooManyMessages()
    const body = { GroupId: group.id, Type: 'AVChatRoom', From_Account: speech.from, Operator_Account: speech.operator, Random: speech.random, OnlineOnlyFlag: 0, MsgBody: speech.elements, CloudCustomData: speech.cloudCustomData ?? '' }
    const verdict = skips.before ? undefined : await callbacks.send('Group.CallbackBeforeSendMsg', body, origin)
    const isHeard = isLetThrough(verdict, CUSTOM_CODES, refusedByApp)
    const sent = { MsgSeq: ++this.sequence, MsgTime: seconds(now()) }
    if (isHeard) {
      const elements = verdict?.MsgBody ?? speech.elements
      group.tell({ ...this.envelope(group, speech.from, sent), Event: 3, MsgRandom: speech.random, MsgPriority: speech.priority, MsgBody: elements, CloudCustomData: verdict?.CloudCustomData ?? speech.cloudCustomData ?? '' })
      if (!skips.after)
        void callbacks.send('Group.CallbackAfterSendMsg', { ...body, MsgBody: elements, MsgSeq: sent.MsgSeq, MsgTime: sent.MsgTime }, origin)
    }
    return sent
  }

  private notice(group: ImGroup, ReportType: number, UserDefinedField: string, to?: string): GroupMessage {
    const sent = { MsgSeq: ++this.sequence, MsgTime: seconds(this.options.now()) }
    const MemberList = to === undefined ? {} : { MemberList: { Member_Account: to } }
    return { ...this.envelope(group, '@TIM#SYSTEM', sent), Event: 5, MsgRandom: random32(), MsgPriority: 'Normal', MsgBody: { ReportType, UserDefinedField, Operator_Account: this.options.admin, ...MemberList } }
  }

  private envelope(group: ImGroup, from: string, { MsgSeq, MsgTime }: Sent) {
    const { nick = '', face = '' } = this.accounts.get(from) ?? {}
    return {
      From_Account: from,
      From_AccountNick: nick,
      From_AccountHeadurl: face,
      ToGroupId: group.id,
      GroupInfo: { From_AccountNick: nick, From_AccountHeadurl: face, GroupName: group.name, GroupType: 'AVChatRoom', GroupId: group.id },
      MsgSeq,
      MsgTimeStamp: MsgTime,
      MsgClientTime: MsgTime,
      ClientSeq: 1,
      NoticeSeq: 1,
    }
  }

  private groupsOf(session: ImSession): ImGroup[] {
    return [...this.groups.values()].filter(group => group.sessions.has(session))
  }

  private enter(session: ImSession, group: ImGroup): void {
    const { account } = session
    group.sessions.add(session)
    if (!account)
      return
    const wasOffline = this.offline.delete(`${group.id} ${account.id}`)
    this.expectNoMore(group, account.id)
    if (wasOffline)
      this.memberStateChanged(group, account.id, 'Online')
  }

  /** Members whose sockets broke long ago, by group and account. */
  private readonly offline = new Set<string>()

  private comeBack(session: ImSession, group: ImGroup): void {
    const { account } = session
    if (group.sessions.has(session))
      return
    if (!account || !this.isExpected(group, account.id))
      throw notAllowed('not in this group')
    this.enter(session, group)
  }

  private isExpected(group: ImGroup, userId: string): boolean {
    const key = `${group.id} ${userId}`
    return group.isMember(userId) || this.departures.has(key) || this.offline.has(key)
  }

  private expectNoMore(group: ImGroup, userId: string): void {
    const key = `${group.id} ${userId}`
    clearTimeout(this.departures.get(key))
    this.departures.delete(key)
    this.offline.delete(key)
  }

  private later(key: string, act: () => void): void {
    clearTimeout(this.departures.get(key))
    this.departures.set(key, setTimeout(act, this.options.offlineAfterMs).unref())
  }

  private wentOffline(group: ImGroup, userId: string): void {
    this.departures.delete(`${group.id} ${userId}`)
    if (group.isMember(userId) || this.groups.get(group.id) !== group)
      return
    this.offline.add(`${group.id} ${userId}`)
    this.memberStateChanged(group, userId, 'Offline')
  }

  /** https://cloud.tencent.com/document/product/269/61702 */
  private memberStateChanged(group: ImGroup, userId: string, EventType: 'Online' | 'Offline'): void {
    void this.options.callbacks.send('Group.CallbackOnMemberStateChange', { GroupId: group.id, EventType, MemberList: [{ Member_Account: userId }] }, BY_REST)
  }

  /** https://cloud.tencent.com/document/product/269/2570 */
  private stateChanged(userId: string, Action: string, Reason: string, origin: Origin): void {
    void this.options.callbacks.send('State.StateChange', { Info: { Action, To_Account: userId, Reason } }, origin)
  }
}

/** What the application said about a message: none is consent. @throws ImRefusal */
function isLetThrough(verdict: CallbackAnswer | undefined, custom: { readonly first: number, readonly last: number }, refused: () => ImRefusal): boolean {
  const { ErrorCode: code = 0, ErrorInfo: info = '' } = verdict ?? {}
  if (code >= custom.first && code <= custom.last)
    throw new ImRefusal(code, info)
  if (code === 1)
    throw refused()
  return code !== SWALLOWED
}
