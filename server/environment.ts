/** Every environment variable: what it may hold, and what to do when it does not. Read once, in config.ts. */
import * as v from 'valibot'
import { CHAT_LIMITS } from './chat/chatLimits'
import { accountContradictions, accountVariables } from './environment/accountVariables'
import { imContradictions, imVariables } from './environment/imVariables'
import { limits, oneOf, onOff, origin, port, portRange, secret, trustProxy, wholeNumber } from './environment/kinds'
import { mediaContradictions, mediaVariables } from './environment/mediaVariables'
import { weappVariables } from './environment/weappVariables'
import { MEDIA_LIMITS } from './media/embedded/limits'
import { MIX_QUALITIES } from './media/mixer/quality'

const SESSION_SECRET_MIN = 32
const KEY_MIN = 8
const MIX_QUALITY_NAMES = Object.keys(MIX_QUALITIES) as (keyof typeof MIX_QUALITIES)[]
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

export const Environment = v.object({
  ...limits(MEDIA_LIMITS),
  ...limits(CHAT_LIMITS),
  ...mediaVariables,
  ...imVariables,
  ...accountVariables,
  ...weappVariables,
  NODE_ENV: v.optional(v.string(), 'development'),
  HOST: v.optional(v.string(), '0.0.0.0'),
  PORT: port(8080),
  RTMP_PORT: port(1935),
  DATA_DIR: v.optional(v.string(), './data'),
  PUBLIC_URL: v.optional(origin(['http:', 'https:'], 'https://live.example.com')),
  HTTPS: onOff('0'),
  TRUST_PROXY: v.optional(trustProxy, '0'),
  LOG_LEVEL: v.optional(oneOf(LOG_LEVELS), 'info'),
  DEMO_ROOM: onOff('1'),
  TEST_STREAMS: v.optional(oneOf(['0', '1'])),
  SIMULATOR: onOff('1'),
  METRICS_TOKEN: secret(KEY_MIN),
  PUSH_KEY: secret(KEY_MIN),
  PUSH_KEY_BACKUP: secret(KEY_MIN),
  PLAY_KEY: secret(KEY_MIN),
  PLAY_KEY_BACKUP: secret(KEY_MIN),
  SESSION_SECRET: secret(SESSION_SECRET_MIN),
  MEDIA_PUBLIC_IP: v.optional(v.pipe(v.string(), v.ip('must be the IP address that browsers reach this machine by'))),
  RTC_UDP_PORTS: v.optional(portRange),
  MIX: v.optional(oneOf(['auto', 'off']), 'auto'),
  MIX_ROOMS: v.optional(wholeNumber(1, 100), '2'),
  MIX_QUALITY: v.optional(oneOf(MIX_QUALITY_NAMES), '360p'),
  FFMPEG_PATH: v.optional(v.string()),
})
export type Environment = v.InferOutput<typeof Environment>

/** What only several settings together can tell. */
export function contradictionsIn(env: Environment): string[] {
  const problems: string[] = []
  if (env.NODE_ENV === 'production') {
    for (const name of ['PUSH_KEY', 'PLAY_KEY', 'SESSION_SECRET'] as const) {
      if (env[name] === undefined && !(env.MEDIA === 'tencent' && name !== 'SESSION_SECRET'))
        problems.push(`${name} is required in production; "openssl rand -hex 32" makes a good one`)
    }
  }
  problems.push(...mediaContradictions(env), ...imContradictions(env), ...accountContradictions(env))
  const pushKeys = [env.PUSH_KEY, env.PUSH_KEY_BACKUP]
  if ([env.PLAY_KEY, env.PLAY_KEY_BACKUP].some(key => key !== undefined && pushKeys.includes(key)))
    problems.push('PLAY_KEY must differ from PUSH_KEY, and so must their backups: with one key every viewer could publish')
  return problems
}
