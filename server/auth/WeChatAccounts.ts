/** Who a person is to WeChat. An openid tells two of its people apart in one mini-program; it never leaves this server. */
export interface WeChatAccounts {
  /**
   * What a code of wx.login stands for; each is good once, for five minutes. Undefined for a code that is not.
   *
   * @throws Error when WeChat cannot be asked
   */
  openIdOf: (code: string) => Promise<string | undefined>
}
