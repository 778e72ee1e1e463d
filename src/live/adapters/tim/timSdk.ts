/**
 * What we use of tim-wx-sdk 2.27, after https://web.sdk.qcloud.com/im/doc/v3/zh-cn/SDK.html. Its promises reject with a
 * TimError; login() may never settle.
 */
export interface TimError {
  /** errors.ts says which is what; the text that belongs to it is often missing. */
  readonly code: number
}

export interface TimMessage {
  /** The same for everybody who hears the message. */
  readonly ID: string
  readonly type: string
  readonly conversationType: string
  /** The account that sent it. */
  readonly from: string
  /** A group's or a user's id. */
  readonly to: string
  /** The sender's name and face, from the account's profile. */
  readonly nick?: string | null
  readonly avatar?: string | null
  /** Unix seconds, of Tencent's clock. */
  readonly time: number
  readonly sequence: number
  /** What the sender's app, or our server, has put beside it. */
  readonly cloudCustomData?: string
  readonly payload: {
    /** MSG_TEXT */
    readonly text?: string
    /** MSG_CUSTOM */
    readonly data?: string
    /** MSG_GRP_SYS_NOTICE */
    readonly operationType?: number
    readonly userDefinedField?: string
    readonly groupProfile?: { readonly groupID?: string }
  }
}

export interface TimEvent {
  readonly data: unknown
}

export interface Tim {
  setLogLevel: (level: number) => void
  on: (event: string, listener: (event: TimEvent) => void) => void
  off: (event: string, listener: (event: TimEvent) => void) => void
  /** SDK_READY follows, but not for who was logged in already (`repeatLogin`). */
  login: (account: { userID: string, userSig: string }) => Promise<{ data: { repeatLogin?: boolean } }>
  logout: () => Promise<unknown>
  /** Logs out and forgets the instance; rejects when it was not logged in, and is done all the same. */
  destroy: () => Promise<unknown>
  joinGroup: (group: { groupID: string, type: string }) => Promise<unknown>
  quitGroup: (groupId: string) => Promise<unknown>
  /** Answers a promise that rejects, instead of throwing, when it is not logged in. */
  createTextMessage: (text: { to: string, conversationType: string, payload: { text: string } }) => TimMessage | Promise<never>
  sendMessage: (message: TimMessage) => Promise<unknown>
  /** Only for one that sendMessage has failed with: it keeps its ID. */
  resendMessage: (message: TimMessage) => Promise<unknown>
}

export interface TimSdk {
  /** One instance for each application: until it is destroyed, the same is answered again. */
  create: (options: { SDKAppID: number, /** Where its socket connects to, taken as it is; undefined: Tencent. */ proxyServer?: string }) => Tim
  readonly EVENT: Readonly<Record<'SDK_READY' | 'MESSAGE_RECEIVED' | 'KICKED_OUT' | 'NET_STATE_CHANGE', string>>
}

export const TYPES = {
  group: 'GROUP',
  person: 'C2C',
  system: '@TIM#SYSTEM',
  liveRoom: 'AVChatRoom',
  text: 'TIMTextElem',
  custom: 'TIMCustomElem',
  groupNotice: 'TIMGroupSystemNoticeElem',
  /** operationType of a group notice. */
  dismissed: 5,
  customNotice: 255,
  connected: 'connected',
  kickedByServer: 'REST_API_Kick',
  userSigExpired: 'userSigExpired',
} as const
