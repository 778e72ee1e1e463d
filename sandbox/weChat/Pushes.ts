/**
 * What WeChat tells the operator's server by itself, in plain JSON, signed over token, timestamp and nonce.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html
 */
import { createHash, randomInt } from 'node:crypto'

export interface MessagePush {
  /** `https://live.example.com/callbacks/wechat` */
  readonly url: string
  readonly token: string
}

export interface Pushed {
  readonly url: string
  readonly status: number
  readonly text: string
}

export class Pushes {
  /** What the operator's server answered. */
  readonly answers: Pushed[] = []

  constructor(private readonly now: () => number, public target: MessagePush | undefined) {}

  /** As the console does when an address is entered. */
  async checkAddress(): Promise<boolean> {
    const echo = String(randomInt(1e12))
    return (await this.call('GET', undefined, { echostr: echo })).text === echo
  }

  async send(event: object): Promise<Pushed> {
    const answer = await this.call('POST', JSON.stringify({ ToUserName: 'gh_000000000000', FromUserName: 'oWeChat', CreateTime: Math.floor(this.now() / 1000), MsgType: 'event', ...event }))
    this.answers.push(answer)
    return answer
  }

  private async call(method: string, body: string | undefined, extra: Record<string, string> = {}): Promise<Pushed> {
    if (!this.target)
      throw new Error('no address for message pushes was entered')
    const [timestamp, nonce] = [String(Math.floor(this.now() / 1000)), String(randomInt(1e10))]
    const signature = createHash('sha1').update([this.target.token, timestamp, nonce].sort().join('')).digest('hex')
    const url = `${this.target.url}?${new URLSearchParams({ signature, timestamp, nonce, openid: 'oWeChat', ...extra })}`
    const response = await fetch(url, { method, body, headers: body === undefined ? {} : { 'content-type': 'application/json' } })
    return { url, status: response.status, text: await response.text() }
  }
}
