/**
 * A double of Tencent Cloud Live on free ports of this machine, with real media: RTMP and WHIP in, FLV, RTMP and WebRTC (快直播)
 * out, the API with its signatures, callbacks with theirs. Made after Tencent's public documents, whose numbers stand beside
 * what follows from them; it is no proof of what the real cloud does. It carries no HLS, and has one port for its push domain
 * and one for its play domain where the cloud has names.
 *
 * ```ts
 * const cloud = await startLiveCloud()
 * const server = await startTestServer({ env: cloud.env })
 * cloud.sendCallbacksTo(server.origin)
 * ```
 */
import type { MixingSettings } from '../../../server/media/mixer/prepareMixing'
import type { StreamKey, TencentLiveSettings } from '../../../server/settings'
import type { ApiCall } from './apiDoor'
import type { LiveFaults } from './LiveFaults'
import type { LivePublication, StreamNews } from './LiveStreams'
import express from 'express'
import { errorHandler } from '../../../server/http/errorHandler'
import { createLog } from '../../../server/log'
import { createEmbeddedMedia } from '../../../server/media/embedded/embeddedMedia'
import { prepareMixing } from '../../../server/media/mixer/prepareMixing'
import { MIX_QUALITIES } from '../../../server/media/mixer/quality'
import { signStream } from '../../../server/media/urlAuth'
import { serve } from '../../../server/testing/serve'
import { createActions } from './actions'
import { apiDoor } from './apiDoor'
import { createCallbackSender } from './callbackSender'
import { createConsoleActions } from './consoleActions'
import { noFaults } from './LiveFaults'
import { LiveMixing } from './LiveMixing'
import { LiveStreams } from './LiveStreams'
import { openPlayDoor } from './playDoor'
import { rtcDoors } from './rtcDoors'

const CALLBACK_PATH = '/callbacks/live'
const APP_ID = 1_250_000_000
const APP_NAME = 'live'
/** Any name that a stream may have in the cloud. */
const NAMES = /^[\w-]{1,80}$/

/** What the consoles would show. */
export interface LiveSecrets {
  readonly pushKey: string
  readonly playKey: string
  readonly callbackKey: string
  readonly secretId: string
  readonly secretKey: string
}

const SECRETS: LiveSecrets = {
  pushKey: 'push-key-of-the-double',
  playKey: 'play-key-of-the-double',
  callbackKey: 'callbackkeyofthedouble',
  secretId: 'AKIDofTheDouble0000000',
  secretKey: 'secretKeyOfTheDouble0000',
}

export interface LiveCloudOptions {
  readonly secrets?: LiveSecrets
  /** 备KEY of the push domain and of the play domain; unset: they have none. */
  readonly backupKeys?: { readonly push: string, readonly play: string }
  readonly algorithm?: StreamKey['algorithm']
  /** Between two tries of a callback; a minute in the cloud. */
  readonly callbackRetryMs?: number
  readonly requestsPerSecond?: number
  /** False: mixing fails, as where there is no ffmpeg. */
  readonly isMixing?: boolean
  readonly udpPorts?: readonly [first: number, last: number]
  readonly now?: () => number
}

export interface LiveCloud {
  readonly settings: TencentLiveSettings
  readonly pushKey: StreamKey
  readonly playKey: StreamKey
  /** What a server that shall use this cloud is started with. */
  readonly env: Readonly<Record<string, string>>
  /** The origin of that server; null: nobody is told anything. */
  sendCallbacksTo: (origin: string | null) => void
  /** How each callback was answered: HTTP status, 0 for none. */
  readonly callbackAnswers: readonly number[]
  /** Calls of the API that were let in. */
  readonly calls: readonly ApiCall[]
  readonly faults: LiveFaults
  readonly online: () => readonly LivePublication[]
  close: () => Promise<void>
}

export async function startLiveCloud({ secrets = SECRETS, backupKeys, algorithm = 'md5', callbackRetryMs = 60_000, requestsPerSecond = 100, isMixing = true, udpPorts, now = Date.now }: LiveCloudOptions = {}): Promise<LiveCloud> {
  const { callbackKey, secretId, secretKey } = secrets
  const pushKey: StreamKey = { key: secrets.pushKey, backup: backupKeys?.push ?? null, algorithm }
  const playKey: StreamKey = { key: secrets.playKey, backup: backupKeys?.play ?? null, algorithm }
  const faults = noFaults()
  const calls: ApiCall[] = []
  const mixing: MixingSettings | null = isMixing ? { ffmpegPath: null, quality: MIX_QUALITIES['360p'], maxRooms: 2 } : null
  const media = createEmbeddedMedia({
    pushKey,
    playKey,
    rtmpPort: 0,
    host: '127.0.0.1',
    udpPorts,
    names: NAMES,
    canPublish: name => !streams.isForbidden(name),
    mixing: await prepareMixing(mixing, () => {}),
  })
  const callbacks = createCallbackSender({ key: callbackKey, now, retryMs: callbackRetryMs, isLosing: () => faults.losesCallbacks })
  const streams = new LiveStreams(media, now, news => callbacks.send(messageOf(news)))
  const rtmpPort = await media.listen()
  const pushDomain = `127.0.0.1:${rtmpPort}`
  const engine = await serve(express().use(media.router).use(errorHandler(createLog({ level: 'silent', isProduction: true }))))
  const play = await openPlayDoor(express().use(`/${APP_NAME}`, (request, response, next) => {
    request.url = request.originalUrl
    media.router(request, response, next)
  }), rtmpPort)
  const playDomain = `127.0.0.1:${play.port}`
  const actions = {
    ...createActions({ streams, mixing: new LiveMixing(media, streams), pushDomain, appName: APP_NAME, now }),
    ...createConsoleActions({ pushDomain, playDomain, pushKey, playKey }),
  }
  const doors = await serve(express()
    .post('/', express.text({ type: () => true }), apiDoor({ secretId, secretKey, service: 'live', version: '2018-08-01', now, actions, faults, requestsPerSecond, onCall: call => void calls.push(call) }))
    .use(rtcDoors({ pushDomain, playDomain, appName: APP_NAME, engineUrl: engine.url })))

  function messageOf({ type, name, sequence, begunAt, at }: StreamNews): object {
    const isEnd = type === 'ended'
    return {
      appid: APP_ID,
      app: pushDomain,
      appname: APP_NAME,
      stream_id: name,
      channel_id: name,
      event_type: isEnd ? 0 : 1,
      event_time: Math.floor(at / 1000),
      sequence,
      node: '127.0.0.1',
      user_ip: '127.0.0.1',
      stream_param: signStream(pushKey, name, begunAt + 60_000),
      errcode: isEnd ? 1 : 0,
      errmsg: isEnd ? 'recv rtmp deleteStream' : 'ok',
      width: 0,
      height: 0,
      set_id: 2,
      idc_id: 34,
      ...(isEnd && { push_duration: String(at - begunAt) }),
    }
  }

  const settings: TencentLiveSettings = {
    kind: 'tencent',
    pushDomain,
    playDomain,
    isPlayHttps: false,
    appName: APP_NAME,
    callbackKey,
    secretId,
    secretKey,
    apiUrl: doors.url,
    whipUrl: `${doors.url}/webrtc/v2/whip`,
    lebUrl: `${doors.url}/webrtc/v1`,
  }
  return {
    settings,
    pushKey,
    playKey,
    env: {
      MEDIA: 'tencent',
      SIGN_ALGORITHM: algorithm,
      PUSH_KEY: pushKey.key,
      PLAY_KEY: playKey.key,
      TENCENT_PUSH_DOMAIN: pushDomain,
      TENCENT_PLAY_DOMAIN: playDomain,
      TENCENT_PLAY_HTTPS: '0',
      TENCENT_APP_NAME: APP_NAME,
      TENCENT_CALLBACK_KEY: callbackKey,
      TENCENT_SECRET_ID: secretId,
      TENCENT_SECRET_KEY: secretKey,
      TENCENT_LIVE_API_URL: settings.apiUrl,
      TENCENT_WHIP_URL: settings.whipUrl,
      TENCENT_LEB_URL: settings.lebUrl,
    },
    sendCallbacksTo: origin => callbacks.sendTo(origin === null ? null : origin + CALLBACK_PATH),
    callbackAnswers: callbacks.answers,
    calls,
    faults,
    online: () => streams.online,
    async close() {
      callbacks.close()
      await media.close()
      await Promise.all([play.close(), engine.close(), doors.close()])
    },
  }
}
