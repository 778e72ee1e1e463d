/** What config.ts hands to media, chat and accounts, as values: which provider, and what it needs. */
import type { Environment } from './environment'
import { readFileSync } from 'node:fs'
import { privateKeyIn } from './auth/userSig/privateKey'
import { ConfigError } from './configError'
import { keptSecret } from './keptSecrets'

/** Signs addresses of streams; see media/urlAuth.ts. */
export interface StreamKey {
  readonly key: string
  /** Also good where addresses are verified, while keys are being changed. */
  readonly backup: string | null
  readonly algorithm: 'md5' | 'sha256'
}

export interface TencentLiveSettings {
  readonly kind: 'tencent'
  readonly pushDomain: string
  readonly playDomain: string
  readonly isPlayHttps: boolean
  readonly appName: string
  readonly callbackKey: string
  readonly secretId: string
  readonly secretKey: string
  readonly apiUrl: string
  readonly whipUrl: string
  readonly lebUrl: string
}

export interface SrsSettings {
  readonly kind: 'srs'
  /** Where people reach it. */
  readonly rtmpUrl: string
  readonly httpUrl: string
  /** WHIP and WHEP; null: there is none. */
  readonly rtcUrl: string | null
  /** Where this server reaches its HTTP API. */
  readonly apiUrl: string
  readonly hookSecret: string
}

export type MediaSettings = { readonly kind: 'embedded' } | SrsSettings | TencentLiveSettings

/** How UserSigs are signed: HMAC-SHA256 with the secret key, or ECDSA with the older private key (PEM). */
export type UserSigKey = { readonly kind: 'secret', readonly secretKey: string } | { readonly kind: 'private', readonly pem: string }

export interface TencentImSettings {
  readonly kind: 'tencent'
  readonly sdkAppId: number
  readonly key: UserSigKey
  /** The account that speaks for the server. */
  readonly admin: string
  readonly callbackToken: string
  readonly apiUrl: string
  /** Null: the SDK connects to Tencent. */
  readonly socketUrl: string | null
}

export type ImSettings = { readonly kind: 'embedded' } | TencentImSettings

/** An application of Tencent IM whose people the old room service's interface lets in. */
export interface WeappApp {
  readonly sdkAppId: number
  readonly key: UserSigKey
}

export interface WeappSettings {
  readonly apps: readonly WeappApp[]
  readonly consent: 'auto' | 'required' | 'trusted'
  /** Whether old clients are shown the rooms of new ones, too. */
  readonly listsAll: boolean
  /** Whether a UserSig is signed for whoever asks for one. */
  readonly signsForAnybody: boolean
  /** Requests a second of one application. */
  readonly ratePerSecond: number
  /** Who speaks for the server in Tencent IM, whoever carries the chat. */
  readonly admin: string
}

export interface WeChatSettings {
  readonly appId: string
  readonly secret: string
  readonly apiUrl: string
  readonly checksContent: boolean
  readonly messageToken: string | null
  /** Template of the message that an anchor is live; null: none is sent. */
  readonly liveTemplate: string | null
  /** Which version of the mini-program codes and messages open. */
  readonly version: 'release' | 'trial' | 'develop'
}

/** How a token of another account system is verified. */
export type ExternalAccounts
  = | { readonly kind: 'jwks', readonly url: string, readonly issuer: string | null, readonly audience: string | null }
    | { readonly kind: 'secret', readonly secret: string, readonly issuer: string | null, readonly audience: string | null }
    | { readonly kind: 'endpoint', readonly url: string }

export interface AccountSettings {
  readonly hasGuests: boolean
  readonly weChat: WeChatSettings | null
  readonly external: ExternalAccounts | null
}

export function mediaSettings(env: Environment): MediaSettings {
  switch (env.MEDIA) {
    case 'embedded': return { kind: 'embedded' }
    case 'srs': return { kind: 'srs', rtmpUrl: env.SRS_RTMP_URL!, httpUrl: env.SRS_HTTP_URL!, rtcUrl: env.SRS_RTC_URL ?? null, apiUrl: env.SRS_API_URL!, hookSecret: env.SRS_HOOK_SECRET! }
    case 'tencent': return {
      kind: 'tencent',
      pushDomain: env.TENCENT_PUSH_DOMAIN!,
      playDomain: env.TENCENT_PLAY_DOMAIN!,
      isPlayHttps: env.TENCENT_PLAY_HTTPS,
      appName: env.TENCENT_APP_NAME,
      callbackKey: env.TENCENT_CALLBACK_KEY!,
      secretId: env.TENCENT_SECRET_ID!,
      secretKey: env.TENCENT_SECRET_KEY!,
      apiUrl: env.TENCENT_LIVE_API_URL,
      whipUrl: env.TENCENT_WHIP_URL,
      lebUrl: env.TENCENT_LEB_URL,
    }
  }
}

/** Of nobody: for trying out old clients before there is an application, outside production. Its key is kept in DATA_DIR. */
export const DEVELOPMENT_APP_ID = 1_234_567_890

/**
 * Null: there is no such door. The application of TENCENT_SDK_APP_ID counts among its own, whoever carries the chat.
 *
 * @throws ConfigError for an application that cannot be read, or one that is there twice
 */
export function weappSettings(env: Environment, dataDir: string): WeappSettings | null {
  if (!env.WEAPP)
    return null
  const own = env.TENCENT_SDK_APP_ID !== undefined && (env.TENCENT_SDK_SECRET_KEY ?? env.TENCENT_SDK_PRIVATE_KEY_FILE) !== undefined
    ? [{ sdkAppId: env.TENCENT_SDK_APP_ID, key: userSigKey(env) }]
    : []
  const set = [...own, ...readWeappApps(env.WEAPP_APPS ?? '')]
  const apps: WeappApp[] = set.length > 0 || env.NODE_ENV === 'production'
    ? set
    : [{ sdkAppId: DEVELOPMENT_APP_ID, key: { kind: 'secret', secretKey: keptSecret(dataDir, 'weapp-key') } }]
  const twice = apps.find(({ sdkAppId }, index) => apps.findIndex(app => app.sdkAppId === sdkAppId) < index)
  if (twice)
    throw new ConfigError([`WEAPP_APPS names application ${twice.sdkAppId} twice, or that of TENCENT_SDK_APP_ID, which counts anyway`])
  return {
    apps,
    consent: env.WEAPP_CONSENT,
    listsAll: env.WEAPP_ROOMS === 'all',
    signsForAnybody: env.WEAPP_LOGIN_INFO === undefined ? set.length === 0 : env.WEAPP_LOGIN_INFO === '1',
    ratePerSecond: env.WEAPP_RATE,
    admin: env.TENCENT_IM_ADMIN,
  }
}

/** `readKey`: what a file that is named holds. @throws ConfigError */
export function readWeappApps(text: string, readKey: (file: string) => string = file => readTextFile(file, 'WEAPP_APPS')): WeappApp[] {
  return text.split(/[,\s]+/).filter(entry => entry !== '').map((entry) => {
    const [, id, key] = /^(\d{1,10})=(.{16,})$/.exec(entry) ?? []
    if (id === undefined || Number(id) < 1 || Number(id) > 0xFFFF_FFFF)
      throw new ConfigError(['WEAPP_APPS must be "<SDKAppID>=<secret key>", or "=<path of authkeys.txt>", one after the other with commas between'])
    return { sdkAppId: Number(id), key: key.startsWith('/') ? { kind: 'private', pem: pemIn(readKey(key), key, 'WEAPP_APPS') } : { kind: 'secret', secretKey: key } }
  })
}

function userSigKey(env: Environment): UserSigKey {
  return env.TENCENT_SDK_SECRET_KEY === undefined ? { kind: 'private', pem: readKeyFile(env.TENCENT_SDK_PRIVATE_KEY_FILE!) } : { kind: 'secret', secretKey: env.TENCENT_SDK_SECRET_KEY }
}

/** @throws ConfigError when the file of the private key cannot be read, or holds none */
export function imSettings(env: Environment): ImSettings {
  if (env.IM === 'embedded')
    return { kind: 'embedded' }
  return {
    kind: 'tencent',
    sdkAppId: env.TENCENT_SDK_APP_ID!,
    key: userSigKey(env),
    admin: env.TENCENT_IM_ADMIN,
    callbackToken: env.TENCENT_IM_CALLBACK_TOKEN!,
    apiUrl: env.TENCENT_IM_API_URL,
    socketUrl: env.TENCENT_IM_SOCKET_URL ?? null,
  }
}

export function accountSettings(env: Environment): AccountSettings {
  const { ACCOUNT_JWKS_URL, ACCOUNT_JWT_SECRET, ACCOUNT_VERIFY_URL, WECHAT_APPID, WECHAT_SECRET } = env
  const claims = { issuer: env.ACCOUNT_JWT_ISSUER ?? null, audience: env.ACCOUNT_JWT_AUDIENCE ?? null }
  const external: ExternalAccounts | null
    = ACCOUNT_JWKS_URL !== undefined
      ? { kind: 'jwks', url: ACCOUNT_JWKS_URL, ...claims }
      : ACCOUNT_JWT_SECRET !== undefined
        ? { kind: 'secret', secret: ACCOUNT_JWT_SECRET, ...claims }
        : ACCOUNT_VERIFY_URL !== undefined ? { kind: 'endpoint', url: ACCOUNT_VERIFY_URL } : null
  return {
    hasGuests: env.GUESTS,
    external,
    weChat: WECHAT_APPID === undefined || WECHAT_SECRET === undefined
      ? null
      : { appId: WECHAT_APPID, secret: WECHAT_SECRET, apiUrl: env.WECHAT_API_URL, checksContent: env.WECHAT_CONTENT_CHECK, messageToken: env.WECHAT_MESSAGE_TOKEN ?? null, liveTemplate: env.VITE_WX_TEMPLATE_LIVE ?? null, version: env.WECHAT_VERSION },
  }
}

function readKeyFile(file: string): string {
  return pemIn(readTextFile(file, 'TENCENT_SDK_PRIVATE_KEY_FILE'), file, 'TENCENT_SDK_PRIVATE_KEY_FILE')
}

function pemIn(text: string, file: string, variable: string): string {
  const key = privateKeyIn(text)
  if ('problem' in key)
    throw new ConfigError([`${variable} ${file} ${key.problem}`])
  return key.pem
}

function readTextFile(file: string, variable: string): string {
  try {
    return readFileSync(file, 'utf8')
  }
  catch {
    throw new ConfigError([`${variable} ${file} cannot be read: give the path of authkeys.txt, or of a PEM file`])
  }
}
