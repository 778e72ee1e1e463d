/** Where streams go: our own engine, Tencent Cloud Live, or SRS. */
import * as v from 'valibot'
import { address, domain, keyFrom, oneOf, onOff, origin } from './kinds'

const LIVE_CONSOLE = 'the Cloud Live console'

export const mediaVariables = {
  MEDIA: v.optional(oneOf(['embedded', 'srs', 'tencent']), 'embedded'),
  SIGN_ALGORITHM: v.optional(oneOf(['md5', 'sha256']), 'md5'),
  /** The last part but one of a stream's address: rtmp://<domain>/<app>/<stream>. */
  TENCENT_APP_NAME: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'must be letters, digits, - and _')), 'live'),
  TENCENT_PUSH_DOMAIN: v.optional(domain('push.example.com')),
  TENCENT_PLAY_DOMAIN: v.optional(domain('play.example.com')),
  TENCENT_PLAY_HTTPS: onOff('1'),
  TENCENT_CALLBACK_KEY: keyFrom('the callback template in the Cloud Live console'),
  TENCENT_SECRET_ID: keyFrom('Access Management', 16),
  TENCENT_SECRET_KEY: keyFrom('Access Management', 16),
  TENCENT_LIVE_API_URL: v.optional(origin(['https:', 'http:'], 'https://live.tencentcloudapi.com'), 'https://live.tencentcloudapi.com'),
  TENCENT_WHIP_URL: v.optional(address(['https:', 'http:'], 'https://webrtcpush.tlivewebrtcpush.com/webrtc/v2/whip'), 'https://webrtcpush.tlivewebrtcpush.com/webrtc/v2/whip'),
  TENCENT_LEB_URL: v.optional(address(['https:', 'http:'], 'https://webrtc.liveplay.myqcloud.com/webrtc/v1'), 'https://webrtc.liveplay.myqcloud.com/webrtc/v1'),
  SRS_RTMP_URL: v.optional(origin(['rtmp:', 'rtmps:'], 'rtmp://srs.example.com:1935')),
  SRS_HTTP_URL: v.optional(origin(['http:', 'https:'], 'https://srs.example.com:8080')),
  SRS_RTC_URL: v.optional(origin(['http:', 'https:'], 'https://srs.example.com:1985')),
  SRS_API_URL: v.optional(origin(['http:', 'https:'], 'http://srs.internal:1985')),
  SRS_HOOK_SECRET: keyFrom('http_hooks in srs.conf', 16),
}
export type MediaVariables = v.InferOutput<v.ObjectSchema<typeof mediaVariables, undefined>>

const TENCENT_NEEDS = {
  TENCENT_PUSH_DOMAIN: `${LIVE_CONSOLE} lists it under 域名管理, type 推流域名`,
  TENCENT_PLAY_DOMAIN: `${LIVE_CONSOLE} lists it under 域名管理, type 播放域名`,
  TENCENT_SECRET_ID: 'Access Management (访问管理 → API密钥管理) shows it',
  TENCENT_SECRET_KEY: 'Access Management (访问管理 → API密钥管理) shows it once',
  TENCENT_CALLBACK_KEY: `${LIVE_CONSOLE} has it in the callback template (事件中心 → 直播回调 → 回调密钥)`,
  PUSH_KEY: `${LIVE_CONSOLE} shows it with the push domain (推流配置 → 推流鉴权配置 → 主KEY)`,
  PLAY_KEY: `${LIVE_CONSOLE} shows it with the play domain (访问控制 → 播放鉴权配置 → 主KEY)`,
} as const

const SRS_NEEDS = {
  SRS_RTMP_URL: 'where publishers reach SRS by RTMP',
  SRS_HTTP_URL: 'where viewers reach SRS by HTTP-FLV',
  SRS_API_URL: 'where this server reaches the HTTP API of SRS',
  SRS_HOOK_SECRET: 'what SRS says to this server in its hooks; "openssl rand -hex 32" makes a good one',
} as const

type Settings = MediaVariables & { readonly PUSH_KEY?: string, readonly PLAY_KEY?: string }

export function mediaContradictions(env: Settings): string[] {
  const needs: Readonly<Record<string, string>> = env.MEDIA === 'tencent' ? TENCENT_NEEDS : env.MEDIA === 'srs' ? SRS_NEEDS : {}
  const problems = Object.entries(needs)
    .filter(([name]) => env[name as keyof Settings] === undefined)
    .map(([name, hint]) => `${name} is required with MEDIA=${env.MEDIA}: ${hint}`)
  if (env.MEDIA === 'tencent' && env.TENCENT_PUSH_DOMAIN !== undefined && env.TENCENT_PUSH_DOMAIN === env.TENCENT_PLAY_DOMAIN)
    problems.push('TENCENT_PLAY_DOMAIN must differ from TENCENT_PUSH_DOMAIN: Cloud Live wants one domain to push to and another to play from')
  return problems
}
