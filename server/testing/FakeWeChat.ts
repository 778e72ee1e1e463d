/** WeChat's side of wx.login: hands out codes and takes each of them once. */
import type { WeChatAccounts, WeChatPerson } from '../auth/WeChatAccounts'

export class FakeWeChat implements WeChatAccounts {
  isDown = false
  private readonly codes = new Map<string, string>()
  private made = 0

  /** What wx.login answers on the phone of this person. */
  login(openId: string): string {
    const code = `code-${++this.made}-of-a-phone`
    this.codes.set(code, openId)
    return code
  }

  async identify(code: string): Promise<WeChatPerson | undefined> {
    if (this.isDown)
      throw new Error('WeChat cannot be reached')
    const openId = this.codes.get(code)
    this.codes.delete(code)
    return openId === undefined ? undefined : { openId }
  }
}
