/**
 * What WeChat answered instead of what was asked for. Its numbers:
 * https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html, and those of each door at its page.
 */
export type WeChatTrouble
  /** WeChat has too much to do, or nobody answered. */
  = | 'busy'
  /** We ask too often. */
    | 'limited'
  /** The access token holds no longer. */
    | 'token'
  /** A code of wx.login that is none, or was used. */
    | 'code'
  /** WeChat keeps this person out. */
    | 'blocked'
  /** This person takes no message, or takes no more. */
    | 'declined'
  /** WeChat has not seen this person for two hours, and judges nothing of theirs. */
    | 'away'
  /** AppID, secret, address list or rights: only the console, or a setting, helps. */
    | 'settings'
  /** What we sent does not fit. */
    | 'request'

const TROUBLES: Readonly<Record<number, WeChatTrouble>> = {
  [-1]: 'busy',
  40001: 'token',
  40014: 'token',
  42001: 'token',
  45009: 'limited',
  45011: 'limited',
  40029: 'code',
  40163: 'code',
  41008: 'code',
  40226: 'blocked',
  43101: 'declined',
  61010: 'away',
  40013: 'settings',
  40125: 'settings',
  41002: 'settings',
  41004: 'settings',
  40164: 'settings',
  48001: 'settings',
  50002: 'settings',
  40037: 'settings',
}

/** Its message is for the log: it holds neither secret, token, code nor openid. */
export class WeChatError extends Error {
  override readonly name = 'WeChatError'

  /** `door`: the path that was asked. `errcode`: null when it was not WeChat that answered. */
  constructor(readonly door: string, readonly trouble: WeChatTrouble, readonly errcode: number | null, reason: string) {
    super(`${door}: ${errcode === null ? '' : `${errcode} `}${reason}`)
  }
}

export const NoAnswer = (door: string, reason: string) => new WeChatError(door, 'busy', null, reason)

export function refusal(door: string, errcode: number, reason: string): WeChatError {
  return new WeChatError(door, TROUBLES[errcode] ?? 'request', errcode, reason)
}
