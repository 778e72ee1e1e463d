/** wx.login, which has been seen never to answer. Browsers have no such thing. */
import type { Clock } from '@/src/ports/Clock'
import type { LoginCode } from '@/src/ports/LoginCode'

export const LOGIN_TIMEOUT_MS = 2000

export function createLoginCode(clock: Pick<Clock, 'after'>): LoginCode {
  // #ifdef H5
  return async () => undefined
  // #endif
  // #ifdef MP-WEIXIN

  return () => new Promise((resolve) => {
    const stop = clock.after(LOGIN_TIMEOUT_MS, () => resolve(undefined))
    wx.login({
      complete({ code }: { code?: string }) {
        stop()
        resolve(code || undefined)
      },
    } as WechatMiniprogram.LoginOption)
  })
  // #endif
}
