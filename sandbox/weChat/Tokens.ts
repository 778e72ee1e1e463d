/** Access tokens, the "stable" way: the same one until five minutes before its end, then the next, and for a while both hold. */
import { randomBytes } from 'node:crypto'
import { Refusal } from './Refusal'

const TOKEN_SECONDS = 7200
const NEXT_BEFORE_MS = 5 * 60_000

export class Tokens {
  /** Newest last. */
  private tokens: { readonly token: string, readonly expiresAt: number }[] = []

  constructor(private readonly now: () => number) {}

  ask(isForced = false): { readonly access_token: string, readonly expires_in: number } {
    if (isForced)
      this.end()
    const newest = this.tokens.at(-1)
    if (newest && newest.expiresAt - this.now() > NEXT_BEFORE_MS)
      return { access_token: newest.token, expires_in: Math.floor((newest.expiresAt - this.now()) / 1000) }
    const token = `80_${randomBytes(60).toString('base64url')}`
    this.tokens = [...this.tokens.slice(-1), { token, expiresAt: this.now() + TOKEN_SECONDS * 1000 }]
    return { access_token: token, expires_in: TOKEN_SECONDS }
  }

  /** None of those given so far holds any longer, whatever they promised. */
  end(): void {
    this.tokens = []
  }

  check(token: string | null): void {
    if (!token)
      throw new Refusal(41001, 'access_token missing')
    const known = this.tokens.find(one => one.token === token)
    if (!known)
      throw new Refusal(40001, 'invalid credential, access_token is invalid or not latest')
    if (known.expiresAt <= this.now())
      throw new Refusal(42001, 'access_token expired')
  }
}
