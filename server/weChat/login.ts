/**
 * Who somebody is to WeChat, by the code their phone has of wx.login. The session_key that comes with the answer is not kept:
 * nothing here decrypts or checks WeChat's user data (docs/decisions/0017).
 * https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html
 */
import type { WeChatAccounts } from '../auth/WeChatAccounts'
import type { WeChatSettings } from '../settings'
import type { WeChatClient } from './weChatClient'
import * as v from 'valibot'
import { WeChatError } from './WeChatError'

/** With the second that the judgement of a nickname may take, a login is answered within three. */
export const LOGIN_TIMEOUT_MS = 1900

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(128))
const Login = v.object({ openid: id, unionid: v.optional(v.union([v.literal(''), id])) })

export function createWeChatAccounts(client: Pick<WeChatClient, 'askOpenly'>, { appId, secret }: Pick<WeChatSettings, 'appId' | 'secret'>): WeChatAccounts {
  return {
    async identify(code) {
      try {
        const query = { appid: appId, secret, js_code: code, grant_type: 'authorization_code' }
        // Not repeatable: the first try may have used the code up.
        const { openid: openId, unionid: unionId } = await client.askOpenly({ method: 'GET', path: '/sns/jscode2session', query, timeoutMs: LOGIN_TIMEOUT_MS, isRepeatable: false }, Login)
        return unionId ? { openId, unionId } : { openId }
      }
      catch (error) {
        if (error instanceof WeChatError && error.trouble === 'code')
          return undefined
        throw error
      }
    },
  }
}
