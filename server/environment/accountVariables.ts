/** Who people are: guests, WeChat's people, or those of an account system that exists already; and who operates the server. */
import * as v from 'valibot'
import { address, keyFrom, oneOf, onOff, origin, secret } from './kinds'

const ADMIN_TOKEN_MIN = 16
const JWT_SECRET_MIN = 32

export const accountVariables = {
  /** 0: a nickname is not enough. */
  GUESTS: onOff('1'),
  WECHAT_APPID: v.optional(v.pipe(v.string(), v.regex(/^wx[0-9a-f]{16}$/, 'must be "wx" and 16 hexadecimal digits, as the WeChat console shows it'))),
  WECHAT_SECRET: keyFrom('the WeChat console (开发管理 → 开发设置 → AppSecret)', 16),
  WECHAT_API_URL: v.optional(origin(['https:', 'http:'], 'https://api.weixin.qq.com'), 'https://api.weixin.qq.com'),
  /** 1: texts and pictures are shown to WeChat's content security first. */
  WECHAT_CONTENT_CHECK: onOff('0'),
  /** Of the message push, by which WeChat tells what it thinks of a picture. */
  WECHAT_MESSAGE_TOKEN: keyFrom('the WeChat console (开发管理 → 消息推送 → Token)', 3),
  /** Template of the message that an anchor is live; the same value is compiled into the app. */
  VITE_WX_TEMPLATE_LIVE: v.optional(v.string()),
  /** Which version of the mini-program codes and messages open: the published one, the trial or the developers' own. */
  WECHAT_VERSION: v.optional(oneOf(['release', 'trial', 'develop']), 'release'),
  /** Three ways to trust an account system that exists already. */
  ACCOUNT_JWKS_URL: v.optional(address(['https:', 'http:'], 'https://accounts.example.com/.well-known/jwks.json')),
  ACCOUNT_JWT_SECRET: secret(JWT_SECRET_MIN),
  ACCOUNT_VERIFY_URL: v.optional(address(['https:', 'http:'], 'https://accounts.example.com/verify')),
  ACCOUNT_JWT_ISSUER: v.optional(v.string()),
  ACCOUNT_JWT_AUDIENCE: v.optional(v.string()),
  /** Path of a file with one word a line that nobody may say. */
  BLOCKED_WORDS_FILE: v.optional(v.string()),
  ADMIN_TOKEN: secret(ADMIN_TOKEN_MIN),
}
export type AccountVariables = v.InferOutput<v.ObjectSchema<typeof accountVariables, undefined>>

type Settings = AccountVariables & { readonly SESSION_SECRET?: string }

export function accountContradictions(env: Settings): string[] {
  const problems: string[] = []
  const external = (['ACCOUNT_JWKS_URL', 'ACCOUNT_JWT_SECRET', 'ACCOUNT_VERIFY_URL'] as const).filter(name => env[name] !== undefined)
  if (external.length > 1)
    problems.push(`${external.slice(1).join(' and ')} cannot be set with ${external[0]}: choose one way to ask the account system`)
  if (env.ACCOUNT_JWT_SECRET !== undefined && env.ACCOUNT_JWT_SECRET === env.SESSION_SECRET)
    problems.push('ACCOUNT_JWT_SECRET must differ from SESSION_SECRET: with one secret our own sessions, a guest\'s too, would pass for tokens of the account system')
  for (const name of ['ACCOUNT_JWT_ISSUER', 'ACCOUNT_JWT_AUDIENCE'] as const) {
    if (env[name] !== undefined && env.ACCOUNT_JWKS_URL === undefined && env.ACCOUNT_JWT_SECRET === undefined)
      problems.push(`${name} is checked in JWTs alone: set ACCOUNT_JWKS_URL or ACCOUNT_JWT_SECRET with it, or leave it out`)
  }
  if (env.WECHAT_SECRET !== undefined && env.WECHAT_APPID === undefined)
    problems.push('WECHAT_APPID is required with WECHAT_SECRET; the WeChat console shows both')
  if (!env.GUESTS && external.length === 0 && env.WECHAT_SECRET === undefined)
    problems.push('GUESTS=0 leaves nobody who could come in: set WECHAT_SECRET, or one of ACCOUNT_JWKS_URL, ACCOUNT_JWT_SECRET and ACCOUNT_VERIFY_URL')
  if (env.WECHAT_CONTENT_CHECK && env.WECHAT_SECRET === undefined)
    problems.push('WECHAT_SECRET is required with WECHAT_CONTENT_CHECK=1; the WeChat console shows it')
  if (env.WECHAT_MESSAGE_TOKEN !== undefined && env.WECHAT_SECRET === undefined)
    problems.push('WECHAT_SECRET is required with WECHAT_MESSAGE_TOKEN; the WeChat console shows it')
  return problems
}
