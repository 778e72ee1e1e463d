/**
 * One person's login to Tencent IM: kept up, tried again, renewed. The SDK comes back from drops by itself; what it does
 * not do is give a login up that nobody answers. Knows nothing of rooms.
 */
import type { Tim, TimEvent, TimMessage, TimSdk } from './timSdk'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { ImCredential } from '@/shared/protocol/rest'
import type { Clock } from '@/src/ports/Clock'
import type { ImState } from '@/src/ports/ImClient'
import { backoffMs, SOCKET_BACKOFF } from '@/shared/domain/backoff'
import { failureOf, isPassing } from './errors'
import { TYPES } from './timSdk'

/** The SDK refuses a second login within 15 s of one that has not been answered. */
export const LOGIN_TIMEOUT_MS = 16_000
const LOG_NOTHING = 4

export type TencentCredential = Exclude<ImCredential, { kind: 'embedded' }>

type Link
  = | { readonly status: 'offline' }
    | { readonly status: 'waiting' | 'loggingIn', readonly attempt: number, readonly cancel: () => void }
    | { readonly status: 'online', readonly tim: Tim }
  /** Logged in, and the SDK is looking for the network. */
    | { readonly status: 'broken', readonly tim: Tim }
    | { readonly status: 'refused', readonly code: ErrorCode }

export interface TimConnectionOptions {
  readonly loadSdk: () => Promise<TimSdk>
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  readonly onState: (state: ImState) => void
  /** Logged in, or back after a drop. */
  readonly onReady: (tim: Tim) => void
  readonly onMessages: (messages: readonly TimMessage[]) => void
}

export class TimConnection {
  private link: Link = { status: 'offline' }
  private credential: TencentCredential | undefined
  private tim: Tim | undefined
  private stopListening = () => {}
  /** Until an SDK that was given up is gone, asking for a new one answers the old one. */
  private gone: Promise<unknown> = Promise.resolve()

  constructor(private readonly options: TimConnectionOptions) {}

  get state(): ImState {
    const { link } = this
    switch (link.status) {
      case 'waiting':
      case 'loggingIn': return { status: 'connecting', attempt: link.attempt }
      case 'broken': return { status: 'connecting', attempt: 0 }
      case 'refused': return { status: 'refused', code: link.code }
      case 'online': return { status: 'online' }
      case 'offline': return { status: 'offline' }
    }
  }

  /** Who is logged in, with or without a network; undefined else. */
  get loggedIn(): Tim | undefined {
    return 'tim' in this.link ? this.link.tim : undefined
  }

  /** Who is logged in and has a network. */
  get ready(): Tim | undefined {
    return this.link.status === 'online' ? this.link.tim : undefined
  }

  /** Logs in, and stays logged in. A newer UserSig of the same person is kept for when it is needed. */
  open(credential: TencentCredential): void {
    const { credential: before, link } = this
    this.credential = credential
    const isSame = before?.sdkAppId === credential.sdkAppId && before.socketUrl === credential.socketUrl && userOf(before) === userOf(credential)
    if (!isSame)
      this.destroy()
    if (!isSame || link.status === 'offline' || link.status === 'refused')
      void this.start(0)
  }

  /** Logs in anew, with another UserSig of the same person. */
  async renew(credential: TencentCredential): Promise<void> {
    this.credential = credential
    const { tim } = this
    if (!tim)
      return
    const renewing = this.enter({ status: 'loggingIn', attempt: 0, cancel: this.options.clock.after(LOGIN_TIMEOUT_MS, () => void this.start(0)) })
    await tim.logout().catch(() => {}) // logged out already
    if (this.link === renewing)
      await this.start(0)
  }

  close(): void {
    this.credential = undefined
    this.destroy()
    this.enter({ status: 'offline' })
  }

  /** Tries at once instead of waiting. A network that is back the SDK notices itself. */
  retryNow(): void {
    if (this.link.status === 'waiting')
      void this.start(0)
  }

  refuse(code: ErrorCode): void {
    this.enter({ status: 'refused', code })
  }

  private async start(attempt: number): Promise<void> {
    const { clock } = this.options
    const link = this.enter({ status: 'loggingIn', attempt, cancel: clock.after(LOGIN_TIMEOUT_MS, () => void this.start(attempt + 1)) })
    const isCurrent = () => this.link === link
    try {
      if (!this.tim)
        await this.create(isCurrent)
      if (this.tim && this.credential && isCurrent())
        await this.logIn(this.tim, this.credential)
    }
    catch (error) {
      if (isCurrent())
        this.failed(error, attempt)
    }
  }

  private async logIn(tim: Tim, credential: TencentCredential): Promise<void> {
    const isThere = credential.kind === 'tencentVisitor'
      || (await tim.login({ userID: credential.userId, userSig: credential.userSig })).data.repeatLogin
    if (isThere)
      this.becameReady(tim)
  }

  /** Unless nobody wants it any more when it could be made. */
  private async create(isWanted: () => boolean): Promise<void> {
    const [sdk] = await Promise.all([this.options.loadSdk(), this.gone])
    if (!isWanted() || !this.credential)
      return
    const { sdkAppId, socketUrl } = this.credential
    const tim = sdk.create({ SDKAppID: sdkAppId, proxyServer: socketUrl })
    tim.setLogLevel(LOG_NOTHING)
    const { SDK_READY, MESSAGE_RECEIVED, KICKED_OUT, NET_STATE_CHANGE } = sdk.EVENT
    const listeners: [string, (event: TimEvent) => void][] = [
      [SDK_READY, () => this.becameReady(tim)],
      [MESSAGE_RECEIVED, ({ data }) => this.options.onMessages(data as TimMessage[])],
      [KICKED_OUT, ({ data }) => this.refuse(reasonOf((data as { type: string }).type))],
      [NET_STATE_CHANGE, ({ data }) => this.networkChanged(tim, (data as { state: string }).state)],
    ]
    listeners.forEach(([event, listener]) => tim.on(event, listener))
    this.stopListening = () => listeners.forEach(([event, listener]) => tim.off(event, listener))
    this.tim = tim
  }

  /** Late, too: the answer to a login that was given up. */
  private becameReady(tim: Tim): void {
    if (tim !== this.tim || this.link.status === 'refused' || this.link.status === 'online')
      return
    this.enter({ status: 'online', tim })
    this.options.onReady(tim)
  }

  private networkChanged(tim: Tim, state: string): void {
    if (state !== TYPES.connected && this.link.status === 'online')
      this.enter({ status: 'broken', tim })
    else if (state === TYPES.connected && this.link.status === 'broken')
      this.becameReady(tim)
  }

  private failed(error: unknown, attempt: number): void {
    const failure = failureOf(error)
    if (!isPassing(failure))
      return this.refuse(failure.code)
    const { clock, random } = this.options
    this.enter({ status: 'waiting', attempt: attempt + 1, cancel: clock.after(backoffMs(SOCKET_BACKOFF, attempt, random()), () => void this.start(attempt + 1)) })
  }

  private destroy(): void {
    this.stopListening()
    this.stopListening = () => {}
    if (this.tim)
      this.gone = this.tim.destroy().catch(() => {}) // it was not logged in: nothing to log out of
    this.tim = undefined
  }

  private enter(next: Link): Link {
    const before = this.state
    if ('cancel' in this.link)
      this.link.cancel()
    this.link = next
    const now = this.state
    if (now.status !== before.status || attemptOf(now) !== attemptOf(before))
      this.options.onState(now)
    return next
  }
}

/** Visitors are nobody. */
const userOf = (credential: TencentCredential) => credential.kind === 'tencent' ? credential.userId : undefined

const attemptOf = (state: ImState) => state.status === 'connecting' ? state.attempt : undefined

function reasonOf(kind: string): ErrorCode {
  switch (kind) {
    case TYPES.userSigExpired: return 'UNAUTHORIZED'
    case TYPES.kickedByServer: return 'FORBIDDEN'
    default: return 'REPLACED'
  }
}
