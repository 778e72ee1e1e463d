/** Who a person is to WeChat. An openid tells two of its people apart in one mini-program; it never leaves this server. */
export interface WeChatPerson {
  readonly openId: string
  /** The same in all programs of one owner; only where they are bound to WeChat's open platform. */
  readonly unionId?: string
}

export interface WeChatAccounts {
  /**
   * Who a code of wx.login stands for; each is good once, for five minutes. Undefined for a code that is not.
   *
   * @throws Error when WeChat cannot be asked within three seconds, or keeps this person out
   */
  identify: (code: string) => Promise<WeChatPerson | undefined>
}
