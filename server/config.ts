/** The server's configuration: read once at start, then handed in. Nothing else looks at the environment. */
import type { ChatLimits } from './chat/limits'
import type { MediaLimits } from './media/embedded/limits'
import type { MixingSettings } from './media/mixer/prepareMixing'
import type { AccountSettings, ImSettings, MediaSettings, StreamKey, WeappSettings } from './settings'
import { accessSync, constants, mkdirSync } from 'node:fs'
import path from 'node:path'
import * as v from 'valibot'
import { readChatLimits } from './chat/chatLimits'
import { ConfigError } from './configError'
import { contradictionsIn, Environment } from './environment'
import { keptSecret } from './keptSecrets'
import { readMediaLimits } from './media/embedded/limits'
import { MIX_QUALITIES } from './media/mixer/quality'
import { accountSettings, imSettings, mediaSettings, weappSettings } from './settings'

export interface Config {
  readonly isProduction: boolean
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly rtmpPort: number
  /** Absolute. */
  readonly dataDir: string
  /** Origin without a trailing slash; null: whatever name the asking client used. */
  readonly publicUrl: string | null
  readonly isHttps: boolean
  readonly trustProxy: number | string
  readonly logLevel: string
  readonly hasDemoRoom: boolean
  /** Whether it gives addresses for trying things out, and lets its pages play and publish anywhere. */
  readonly hasTestStreams: boolean
  /** Lends streams to who cannot publish; never in production. */
  readonly hasSimulator: boolean
  /** Null: anybody may read /metrics. */
  readonly metricsToken: string | null
  /** Null: nobody operates the server from outside. */
  readonly adminToken: string | null
  readonly keys: { readonly push: StreamKey, readonly play: StreamKey, readonly session: string }
  readonly im: ImSettings
  readonly accounts: AccountSettings
  /** Null: clients of the old room service are not served. */
  readonly weapp: WeappSettings | null
  /** As they were set, for the doctor; what they mean is here. */
  readonly variables: Readonly<Record<string, string>>
  readonly chat: { readonly limits: ChatLimits, /** A file with one word a line. */ readonly blockedWordsFile: string | null }
  readonly media: {
    readonly provider: MediaSettings
    readonly publicIp: string | null
    readonly udpPorts: readonly [number, number] | null
    readonly limits: MediaLimits
    /** Null: stages are not mixed. */
    readonly mixing: MixingSettings | null
  }
}

/**
 * Secrets that are not set are made and kept in DATA_DIR.
 *
 * @throws ConfigError
 */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  // Compose files and shells hand over "VAR=" for what is meant to be unset.
  const set = Object.fromEntries(Object.entries(variables).filter((variable): variable is [string, string] => variable[1] !== undefined && variable[1].trim() !== ''))
  const parsed = v.safeParse(Environment, set)
  if (!parsed.success)
    throw new ConfigError(parsed.issues.map(issue => `${issue.path?.[0]?.key} ${issue.message}`))
  const env = parsed.output
  const contradictions = contradictionsIn(env)
  if (contradictions.length > 0)
    throw new ConfigError(contradictions)

  const dataDir = path.resolve(env.DATA_DIR)
  makeWritable(dataDir)
  const isProduction = env.NODE_ENV === 'production'
  return {
    isProduction,
    host: env.HOST,
    port: env.PORT,
    rtmpPort: env.RTMP_PORT,
    dataDir,
    publicUrl: env.PUBLIC_URL ?? null,
    isHttps: env.HTTPS,
    trustProxy: env.TRUST_PROXY,
    logLevel: env.LOG_LEVEL,
    hasDemoRoom: env.DEMO_ROOM && !isProduction,
    hasTestStreams: env.TEST_STREAMS === undefined ? !isProduction : env.TEST_STREAMS === '1',
    hasSimulator: env.SIMULATOR && !isProduction,
    metricsToken: env.METRICS_TOKEN ?? null,
    adminToken: env.ADMIN_TOKEN ?? null,
    keys: {
      push: { key: env.PUSH_KEY ?? keptSecret(dataDir, 'push-key'), backup: env.PUSH_KEY_BACKUP ?? null, algorithm: env.SIGN_ALGORITHM },
      play: { key: env.PLAY_KEY ?? keptSecret(dataDir, 'play-key'), backup: env.PLAY_KEY_BACKUP ?? null, algorithm: env.SIGN_ALGORITHM },
      session: env.SESSION_SECRET ?? keptSecret(dataDir, 'session-secret'),
    },
    im: imSettings(env),
    accounts: accountSettings(env),
    weapp: weappSettings(env, dataDir),
    variables: Object.fromEntries(Object.entries(set).filter(([name]) => name in Environment.entries || name === 'VITE_SERVER_URL')),
    chat: { limits: readChatLimits(set), blockedWordsFile: env.BLOCKED_WORDS_FILE ?? null },
    media: {
      provider: mediaSettings(env),
      publicIp: env.MEDIA_PUBLIC_IP ?? null,
      udpPorts: env.RTC_UDP_PORTS ?? null,
      limits: readMediaLimits(set),
      mixing: env.MIX === 'off' ? null : { ffmpegPath: env.FFMPEG_PATH ?? null, quality: MIX_QUALITIES[env.MIX_QUALITY], maxRooms: env.MIX_ROOMS },
    },
  }
}

function makeWritable(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true })
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  }
  catch {
    throw new ConfigError([`DATA_DIR ${dataDir} cannot be written: make it writable for this user, or set DATA_DIR to another folder`])
  }
}
