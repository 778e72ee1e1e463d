/** Every environment variable: what it may hold, and what to do when it does not. Read once, in config.ts. */
import { isIP } from 'node:net'
import * as v from 'valibot'
import { CHAT_LIMITS } from './chat/chatLimits'
import { MEDIA_LIMITS } from './media/embedded/limits'
import { MIX_QUALITIES } from './media/mixer/quality'

const SESSION_SECRET_MIN = 32
const KEY_MIN = 8
const MIX_QUALITY_NAMES = Object.keys(MIX_QUALITIES) as (keyof typeof MIX_QUALITIES)[]
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

// Each helper's message completes the sentence "<VARIABLE> …".
const oneOf = <const Options extends readonly string[]>(options: Options) => v.picklist(options, `must be one of ${options.join(', ')}`)
const onOff = (fallback: '0' | '1') => v.pipe(v.optional(oneOf(['0', '1']), fallback), v.transform(text => text === '1'))
const wholeNumber = (min: number, max: number) => v.pipe(v.string(), v.regex(/^\d+$/, `must be a whole number from ${min} to ${max}`), v.transform(Number), v.minValue(min, `must be at least ${min}`), v.maxValue(max, `must be at most ${max}`))
const port = (fallback: number) => v.optional(wholeNumber(0, 65_535), String(fallback))
const secret = (min: number) => v.optional(v.pipe(v.string(), v.minLength(min, `must have at least ${min} characters; "openssl rand -hex 32" makes a good one`)))

const publicUrl = v.pipe(
  v.string(),
  v.check(text => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'must be an address such as https://live.example.com'),
  v.transform(text => new URL(text)),
  v.check(url => url.pathname === '/' && url.search === '', 'must be an address without a path: the server lives at its root'),
  v.transform(url => url.origin),
)

const portRange = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}-\d{1,5}$/, 'must be a range of UDP ports such as 50000-50100'),
  v.transform(text => text.split('-').map(Number) as [number, number]),
  v.check(([first, last]) => first >= 1024 && last <= 65_535 && first < last, 'must be a rising range between 1024 and 65535'),
)

/** Proxies in front of us: how many, or which (addresses, subnets, `loopback`), as Express' `trust proxy` takes it. */
const trustProxy = v.pipe(
  v.string(),
  v.check(text => /^(?:\d|loopback|uniquelocal)$/.test(text) || text.split(',').every(isSubnet), 'must be the number of proxies in front of the server (0 to 9), or their addresses separated by commas'),
  v.transform(text => /^\d$/.test(text) ? Number(text) : text),
)

/** An IP address, or one with the length of its prefix. */
function isSubnet(text: string): boolean {
  const [address, prefix = '1', ...rest] = text.split('/')
  const bits = isIP(address) === 6 ? 128 : 32
  return isIP(address) !== 0 && /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= bits && rest.length === 0
}

const limits = (defaults: Readonly<Record<string, { readonly env: string, readonly value: number }>>) => Object.fromEntries(Object.values(defaults).map(({ env, value }) => [env, v.optional(wholeNumber(1, Number.MAX_SAFE_INTEGER), String(value))]))

export const Environment = v.object({
  ...limits(MEDIA_LIMITS),
  ...limits(CHAT_LIMITS),
  NODE_ENV: v.optional(v.string(), 'development'),
  HOST: v.optional(v.string(), '0.0.0.0'),
  PORT: port(8080),
  RTMP_PORT: port(1935),
  DATA_DIR: v.optional(v.string(), './data'),
  PUBLIC_URL: v.optional(publicUrl),
  HTTPS: onOff('0'),
  TRUST_PROXY: v.optional(trustProxy, '0'),
  LOG_LEVEL: v.optional(oneOf(LOG_LEVELS), 'info'),
  DEMO_ROOM: onOff('1'),
  TEST_STREAMS: v.optional(oneOf(['0', '1'])),
  SIMULATOR: onOff('1'),
  METRICS_TOKEN: secret(KEY_MIN),
  PUSH_KEY: secret(KEY_MIN),
  PLAY_KEY: secret(KEY_MIN),
  SESSION_SECRET: secret(SESSION_SECRET_MIN),
  MEDIA_PUBLIC_IP: v.optional(v.pipe(v.string(), v.ip('must be the IP address that browsers reach this machine by'))),
  RTC_UDP_PORTS: v.optional(portRange),
  MIX: v.optional(oneOf(['auto', 'off']), 'auto'),
  MIX_ROOMS: v.optional(wholeNumber(1, 100), '2'),
  MIX_QUALITY: v.optional(oneOf(MIX_QUALITY_NAMES), '360p'),
  FFMPEG_PATH: v.optional(v.string()),
  IM: v.optional(oneOf(['embedded', 'tencent']), 'embedded'),
  TENCENT_SDK_APP_ID: v.optional(wholeNumber(1, 0xFFFF_FFFF)),
  TENCENT_SDK_SECRET_KEY: v.optional(v.pipe(v.string(), v.minLength(16, 'does not look like a secret key of Tencent IM: copy it from the IM console'))),
})
export type Environment = v.InferOutput<typeof Environment>

/** What only several settings together can tell. */
export function contradictionsIn(env: Environment): string[] {
  const problems: string[] = []
  if (env.NODE_ENV === 'production') {
    for (const name of ['PUSH_KEY', 'PLAY_KEY', 'SESSION_SECRET'] as const) {
      if (env[name] === undefined)
        problems.push(`${name} is required in production; "openssl rand -hex 32" makes a good one`)
    }
  }
  if (env.IM === 'tencent') {
    for (const name of ['TENCENT_SDK_APP_ID', 'TENCENT_SDK_SECRET_KEY'] as const) {
      if (env[name] === undefined)
        problems.push(`${name} is required with IM=tencent; the IM console shows it`)
    }
  }
  if (env.PUSH_KEY !== undefined && env.PUSH_KEY === env.PLAY_KEY)
    problems.push('PLAY_KEY must differ from PUSH_KEY: with one key every viewer could publish')
  return problems
}
