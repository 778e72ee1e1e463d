/** The whole server with IM=tencent over the double, people with old clients, and people with our app; every one with the real SDK. */
import type { ImClient } from '@/src/ports/ImClient'
import type { OldClient } from '@/tests/weapp/support/OldClient'
import { randomBytes } from 'node:crypto'
import { vi } from 'vitest'
import { startImCloud } from '@/sandbox/tencent/im/startImCloud'
import { createUserSigner } from '@/server/auth/userSig'
import { systemClock } from '@/server/clock'
import { startTestServer } from '@/server/testing/startTestServer'
import { VirtualClock } from '@/server/testing/VirtualClock'
import { PresenceAnswer } from '@/shared/protocol/presence'
import { LinkMicAnswer, RoomDetail } from '@/shared/protocol/rest'
import { createTimImClient } from '@/src/live/adapters/tim/TimImClient'
import { ApiFailure } from '@/src/ports/RoomApi'
import { FirstClient } from '@/tests/weapp/support/FirstClient'
import { NativeClient } from '@/tests/weapp/support/NativeClient'
import { createWire } from '@/tests/weapp/support/wire'
import { WxClient } from '@/tests/weapp/support/WxClient'
import { loadCopy } from './sdkCopy'
import { openSdkTim } from './sdkTim'

const ADMIN = 'lianmai-server'
const HOUR_MS = 3_600_000
const PATIENCE_MS = 10_000
let applications = 1_400_002_000

export type OldAndNew = Awaited<ReturnType<typeof openOldAndNew>>

export async function openOldAndNew() {
  for (const name of ['log', 'info', 'warn'] as const)
    vi.spyOn(console, name).mockImplementation(() => {}) // the SDK tells of its start
  const sdkAppId = ++applications
  const [secretKey, token] = [randomBytes(32).toString('hex'), randomBytes(16).toString('hex')]
  const key = { kind: 'secret', secretKey } as const
  const signer = createUserSigner({ sdkAppId, key })
  const cloud = await startImCloud({ sdkAppId, key, admin: ADMIN })
  const server = await startTestServer({ env: {
    IM: 'tencent',
    TENCENT_SDK_APP_ID: String(sdkAppId),
    TENCENT_SDK_SECRET_KEY: secretKey,
    TENCENT_IM_CALLBACK_TOKEN: token,
    TENCENT_IM_ADMIN: ADMIN,
    TENCENT_IM_API_URL: cloud.apiUrl,
    TENCENT_IM_SOCKET_URL: cloud.socketUrl,
    MIX: 'off',
  } })
  cloud.callBack({ url: `${server.origin}/callbacks/im`, token })
  const wire = createWire(() => server.origin, PATIENCE_MS)
  /** Phones' time stands still: what is to happen happens at once. */
  const phoneClock = new VirtualClock(Date.now())
  const olds: { client: OldClient, close: () => Promise<void> }[] = []
  const apps = new Set<ImClient>()

  const sign = (account: string) => signer.sign(account, HOUR_MS)

  return {
    cloud,
    server,
    sdkAppId,
    sign,

    /** Somebody with an old client, logged in to both. */
    async old(account: string, generation: 'wx' | 'native' | 'first' = 'wx') {
      const tim = await openSdkTim(sdkAppId, cloud.socketUrl, generation === 'native')
      const userSig = sign(account)
      const me = { sdkAppID: sdkAppId, userID: account, userSig, userName: `${account} 的名字`, userAvatar: '' }
      const phone = { clock: phoneClock, wire, tim }
      const client = generation === 'wx' ? new WxClient(me, phone) : generation === 'native' ? new NativeClient(me, phone) : new FirstClient(me, phone)
      olds.push({ client, close: tim.close })
      await client.login()
      await tim.login(account, userSig)
      return { client, tim }
    },

    /** Somebody with our app. */
    async person(nickname: string) {
      const session = await server.openSession(nickname)
      const call = async (method: string, path: string, body?: object) => {
        const answer = await server.call(method, `/api${path}`, { token: session.token, body })
        if (answer.status >= 400)
          throw new ApiFailure(answer.body.code, answer.body.message)
        return answer
      }
      const client = createTimImClient({
        loadSdk: loadCopy,
        clock: systemClock,
        random: Math.random,
        session: { current: session },
        api: {
          getRoom: async roomId => (await call('GET', `/rooms/${roomId}`)).as(RoomDetail),
          getLinkMic: async roomId => (await call('GET', `/rooms/${roomId}/link-mic`)).as(LinkMicAnswer),
          refreshSession: async () => session,
        },
        presence: {
          beat: async (roomId, visit, isFresh) => (await call('PUT', `/rooms/${roomId}/presence?visit=${visit}${isFresh ? '&fresh=1' : ''}`)).as(PresenceAnswer).group,
          leave: (roomId, visit) => void call('DELETE', `/rooms/${roomId}/presence?visit=${visit}`).catch(() => {}),
        },
      })
      apps.add(client)
      const heard: string[] = []
      const senders: string[] = []
      client.listen({ messages: messages => messages.forEach((message) => {
        heard.push(message.type === 'chat' ? `${message.from.nickname}: ${message.text}` : message.type)
        if (message.type === 'chat')
          senders.push(message.from.id)
      }) })
      client.login(session.im, session.token)
      return { ...session, call, client, heard, senders, linkOf: async (roomId: string) => (await call('GET', `/rooms/${roomId}/link-mic`)).as(LinkMicAnswer).view.link }
    },

    async close(): Promise<void> {
      apps.forEach(client => client.logout())
      for (const { client, close } of olds) {
        client.vanish()
        await client.idle()
        await close()
      }
      wire.hangUp()
      await server.stop()
      const { unknown } = cloud
      await cloud.close()
      if (unknown.length > 0)
        throw new Error(`the double does not know ${unknown.join()}`)
    },
  }
}
