/**
 * The clouds that `MEDIA=tencent IM=tencent` needs, as doubles on this machine: Cloud Live, IM and WeChat. No proof of what
 * the real ones do.
 *
 * ```ts
 * const clouds = await openClouds()
 * const server = await startServer(readConfig(clouds.env))
 * clouds.callBack(server.url)
 * ```
 */
import type { Secrets } from './secrets'
import type { ImCloudDouble } from './tencent/im/startImCloud'
import type { LiveCloud } from './tencent/live/startLiveCloud'
import type { WeChatDouble } from './weChat/startWeChat'
import { randomBytes, randomInt } from 'node:crypto'
import { makeSecrets } from './secrets'
import { startImCloud } from './tencent/im/startImCloud'
import { startLiveCloud } from './tencent/live/startLiveCloud'
import { startWeChat } from './weChat/startWeChat'

export interface Clouds {
  readonly live: LiveCloud
  readonly im: ImCloudDouble
  readonly weChat: WeChatDouble
  /** What a server is started with that shall use them. */
  readonly env: Readonly<Record<string, string>>
  /** Of that server: where the clouds tell what happens. */
  callBack: (origin: string) => void
  close: () => Promise<void>
}

export interface CloudsOptions {
  readonly secrets?: Secrets
  /** False: the double of Cloud Live cannot mix. */
  readonly isMixing?: boolean
}

export async function openClouds({ secrets = makeSecrets(), isMixing }: CloudsOptions = {}): Promise<Clouds> {
  const sdkAppId = randomInt(1_400_000_000, 1_500_000_000)
  const appId = `wx${randomBytes(8).toString('hex')}`
  const [live, im, weChat] = await Promise.all([
    startLiveCloud({ secrets, isMixing }),
    startImCloud({ sdkAppId, key: { kind: 'secret', secretKey: secrets.imSecretKey } }),
    startWeChat({ appId, secret: secrets.weChatSecret }),
  ])
  return {
    live,
    im,
    weChat,
    env: {
      ...live.env,
      IM: 'tencent',
      TENCENT_SDK_APP_ID: String(sdkAppId),
      TENCENT_SDK_SECRET_KEY: secrets.imSecretKey,
      TENCENT_IM_ADMIN: im.cloud.admin,
      TENCENT_IM_CALLBACK_TOKEN: secrets.imCallbackToken,
      TENCENT_IM_API_URL: im.apiUrl,
      TENCENT_IM_SOCKET_URL: im.socketUrl,
      WECHAT_APPID: appId,
      WECHAT_SECRET: secrets.weChatSecret,
      WECHAT_API_URL: weChat.url,
      WECHAT_MESSAGE_TOKEN: secrets.weChatMessageToken,
    },
    callBack(origin) {
      live.sendCallbacksTo(origin)
      im.callBack({ url: `${origin}/callbacks/im`, token: secrets.imCallbackToken })
      weChat.pushes.target = { url: `${origin}/callbacks/wechat`, token: secrets.weChatMessageToken }
    },
    async close() {
      await Promise.all([live.close(), im.close(), weChat.close()])
    },
  }
}
