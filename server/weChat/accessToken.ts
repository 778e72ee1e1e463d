/**
 * The access token, which every call but the login carries: asked for once by however many need it, renewed while the old one
 * still holds, and never logged. Asked for the "stable" way, WeChat answers with the same token until five minutes before its
 * end, then with the next one, and takes both.
 * https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-access-token/getStableAccessToken.html
 */
import type { Clock } from '../clock'

/** Less than WeChat's five minutes: by now it has a new one. */
const RENEW_AHEAD_MS = 4 * 60_000

export interface FreshToken {
  readonly accessToken: string
  readonly lifetimeMs: number
}

export interface AccessToken {
  /** @throws WeChatError when there is none, and none can be had */
  get: () => Promise<string>
  /** WeChat takes this one no longer. */
  discard: (accessToken: string) => void
}

export function createAccessToken({ clock, ask }: { clock: Pick<Clock, 'now'>, ask: () => Promise<FreshToken> }): AccessToken {
  let current: { readonly accessToken: string, readonly renewAt: number, readonly expiresAt: number } | undefined
  let asking: Promise<string> | undefined

  function renew(): Promise<string> {
    asking ??= ask()
      .then(({ accessToken, lifetimeMs }) => {
        const expiresAt = clock.now() + lifetimeMs
        current = { accessToken, expiresAt, renewAt: expiresAt - RENEW_AHEAD_MS }
        return accessToken
      })
      .finally(() => asking = undefined)
    return asking
  }

  return {
    async get() {
      if (!current || clock.now() >= current.expiresAt)
        return renew()
      if (clock.now() >= current.renewAt)
        renew().catch(() => {}) // the old one holds: whoever comes next tries again
      return current.accessToken
    },
    discard(accessToken) {
      if (current?.accessToken === accessToken)
        current = undefined
    },
  }
}
