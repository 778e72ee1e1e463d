/** Tencent IM: the application, who speaks for the server in it, and how both sides trust each other. */
import * as v from 'valibot'
import { address, keyFrom, oneOf, origin, wholeNumber } from './kinds'

export const imVariables = {
  IM: v.optional(oneOf(['embedded', 'tencent']), 'embedded'),
  TENCENT_SDK_APP_ID: v.optional(wholeNumber(1, 0xFFFF_FFFF)),
  TENCENT_SDK_SECRET_KEY: v.optional(v.pipe(v.string(), v.minLength(16, 'does not look like a secret key of Tencent IM: copy it from the IM console'))),
  /** For applications with the older pair of keys, instead of the secret key. */
  TENCENT_SDK_PRIVATE_KEY_FILE: v.optional(v.string()),
  TENCENT_IM_ADMIN: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,32}$/, 'must be the name of an administrator of the IM application')), 'administrator'),
  TENCENT_IM_CALLBACK_TOKEN: keyFrom('the webhook settings of the IM console'),
  TENCENT_IM_API_URL: v.optional(origin(['https:', 'http:'], 'https://console.tim.qq.com'), 'https://console.tim.qq.com'),
  /** Where the app's SDK connects to, when that is not Tencent itself. */
  TENCENT_IM_SOCKET_URL: v.optional(address(['wss:', 'ws:'], 'wss://im.example.com')),
}
export type ImVariables = v.InferOutput<v.ObjectSchema<typeof imVariables, undefined>>

export function imContradictions(env: ImVariables): string[] {
  const problems: string[] = []
  if (env.TENCENT_SDK_SECRET_KEY !== undefined && env.TENCENT_SDK_PRIVATE_KEY_FILE !== undefined)
    problems.push('TENCENT_SDK_PRIVATE_KEY_FILE and TENCENT_SDK_SECRET_KEY are two ways to sign for one application: set the one that its console shows')
  if (env.IM !== 'tencent')
    return problems
  if (env.TENCENT_SDK_APP_ID === undefined)
    problems.push('TENCENT_SDK_APP_ID is required with IM=tencent; the IM console shows it')
  if (env.TENCENT_SDK_SECRET_KEY === undefined && env.TENCENT_SDK_PRIVATE_KEY_FILE === undefined)
    problems.push('TENCENT_SDK_SECRET_KEY is required with IM=tencent; the IM console shows it (or, for an application with the older pair of keys, TENCENT_SDK_PRIVATE_KEY_FILE: the path of its authkeys.txt)')
  if (env.TENCENT_IM_CALLBACK_TOKEN === undefined)
    problems.push('TENCENT_IM_CALLBACK_TOKEN is required with IM=tencent; the IM console has it with the webhook\'s address (回调配置 → 鉴权Token)')
  return problems
}
