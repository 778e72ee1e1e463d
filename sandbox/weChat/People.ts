/** WeChat's people: their codes of wx.login, each good once and for five minutes, and the messages they have allowed. */
import { randomBytes } from 'node:crypto'
import { Refusal } from './Refusal'

const CODE_MS = 5 * 60_000

export interface Login {
  readonly openId: string
  readonly unionId?: string
  /** WeChat holds them for dangerous, and keeps them out. */
  readonly isBlocked?: boolean
}

export class People {
  private readonly codes = new Map<string, Login & { readonly until: number, isUsed: boolean }>()
  private readonly lastSeen = new Map<string, number>()
  private readonly allowed = new Map<string, number>()

  constructor(private readonly now: () => number) {}

  /** What wx.login answers on this person's phone. */
  login(person: Login): string {
    const code = `0${randomBytes(15).toString('base64url')}w3`
    this.codes.set(code, { ...person, until: this.now() + CODE_MS, isUsed: false })
    this.lastSeen.set(person.openId, this.now())
    return code
  }

  take(code: string): Login {
    const login = this.codes.get(code)
    if (!login || login.until <= this.now())
      throw new Refusal(40029, 'invalid code')
    if (login.isUsed)
      throw new Refusal(40163, 'code been used')
    if (login.isBlocked)
      throw new Refusal(40226, 'code blocked')
    login.isUsed = true
    return login
  }

  /** @throws Refusal for who never came, or not in the last two hours */
  checkPresent(openId: string): void {
    const seen = this.lastSeen.get(openId)
    if (seen === undefined)
      throw new Refusal(40003, 'invalid openid')
    if (this.now() - seen > 2 * 60 * 60_000)
      throw new Refusal(61010, 'code is expired')
  }

  /** This person said yes to one more message. */
  allow(openId: string): void {
    this.allowed.set(openId, (this.allowed.get(openId) ?? 0) + 1)
  }

  useUp(openId: string): void {
    if (!this.lastSeen.has(openId))
      throw new Refusal(40003, 'invalid openid')
    const times = this.allowed.get(openId) ?? 0
    if (times === 0)
      throw new Refusal(43101, 'user refuse to accept the msg')
    this.allowed.set(openId, times - 1)
  }
}
