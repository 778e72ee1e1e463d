/** Our server's side of Tencent IM over the double of the cloud; people come with the real SDK, each with a copy of its own. */
import type { AddressInfo } from 'node:net'
import type { ImServerWorld } from '../../conformance/imServer'
import type { ImServer } from '@/server/im/ImServer'
import type { TencentIm } from '@/server/im/tencent/createTencentIm'
import type { Room, User } from '@/shared/protocol/rest'
import type { ImClient } from '@/src/ports/ImClient'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import express from 'express'
import { vi } from 'vitest'
import { startImCloud } from '@/sandbox/tencent/im/startImCloud'
import { createUserSigner } from '@/server/auth/userSig'
import { silentLog } from '@/server/chat/testing/ChatWorld'
import { systemClock } from '@/server/clock'
import { AppError } from '@/server/errors'
import { PLAIN_ADDRESSES } from '@/server/im/ImAddresses'
import { createAdminSig } from '@/server/im/tencent/adminSig'
import { createCallbackRouter } from '@/server/im/tencent/callbacks/callbackRouter'
import { createTencentIm } from '@/server/im/tencent/createTencentIm'
import { createImApi } from '@/server/im/tencent/imApi'
import { createImRest } from '@/server/im/tencent/imRest'
import { NOT_LINKED } from '@/shared/domain/linkMic'
import { PRESENCE_INTERVAL_MS } from '@/shared/protocol/presence'
import { createTimImClient } from '@/src/live/adapters/tim/TimImClient'
import { ApiFailure } from '@/src/ports/RoomApi'
import { aSession, aView } from '@/src/testing/fixtures'
import { loadCopy } from './sdkCopy'

const ADMIN = 'lianmai-server'
const COUNT_EVERY_MS = 200
const DESTROY_AFTER_MS = 300
const BEAT_MS = 300
const HOUR_MS = 3_600_000
/** Nobody waits for a beat as long as in life. */
const impatientClock: typeof systemClock = { ...systemClock, every: (ms, act) => systemClock.every(ms === PRESENCE_INTERVAL_MS ? BEAT_MS : ms, act) }
/** Nobody here speaks the old room service's language. */
const unasked = () => Promise.reject(new Error('nobody asks'))
let applications = 1_400_001_000

export async function openTencentServer(): Promise<ImServerWorld> {
  for (const name of ['log', 'info', 'warn'] as const)
    vi.spyOn(console, name).mockImplementation(() => {}) // the SDK tells of its start
  const sdkAppId = ++applications
  const key = { kind: 'secret' as const, secretKey: randomBytes(32).toString('hex') }
  const token = randomBytes(16).toString('hex')
  const signer = createUserSigner({ sdkAppId, key })
  const cloud = await startImCloud({ sdkAppId, key, admin: ADMIN })
  const rest = createImRest({ settings: { apiUrl: cloud.apiUrl, sdkAppId, admin: ADMIN }, adminSig: createAdminSig(signer, ADMIN, systemClock), clock: systemClock, randomBytes, fetch })
  const rooms = new Map<string, Room>()
  const clients = new Set<ImClient>()
  const removed = new Set<string>()
  let tencent = start()

  const application = express()
  application.use(createCallbackRouter({ sdkAppId, token, events: callback => tencent.callbacks(callback), clock: systemClock, log: silentLog }))
  const server = createServer(application).listen(0, '127.0.0.1')
  await once(server, 'listening')
  cloud.callBack({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks/im`, token })

  function start(): TencentIm {
    return createTencentIm({
      api: createImApi(rest, ADMIN, PLAIN_ADDRESSES),
      admin: ADMIN,
      clock: systemClock,
      randomBytes,
      random: () => 0,
      log: silentLog,
      judgeText: async () => 'fine',
      addresses: PLAIN_ADDRESSES,
      findUser: async userId => ({ id: userId, nickname: userId, avatar: 0 }),
      linkMic: { view: unasked, obey: unasked },
      roomFor: async roomId => rooms.get(roomId),
      countEveryMs: COUNT_EVERY_MS,
      destroyAfterMs: DESTROY_AFTER_MS,
    })
  }

  /** As it comes out of our own API. */
  async function asked<Answer>(answer: () => Promise<Answer>): Promise<Answer> {
    try {
      return await answer()
    }
    catch (error) {
      throw error instanceof AppError ? new ApiFailure(error.code, error.message) : error
    }
  }

  async function createApp(user: User): Promise<ImClient> {
    const session = aSession({ user, im: { kind: 'tencent', sdkAppId, userId: user.id, userSig: signer.sign(user.id, HOUR_MS), serverAccount: ADMIN, socketUrl: cloud.socketUrl }, expiresAt: Date.now() + 24 * HOUR_MS })
    tencent.introduce(user)
    const client = createTimImClient({
      loadSdk: loadCopy,
      clock: impatientClock,
      random: Math.random,
      session: { current: session },
      api: {
        async getRoom(roomId) {
          const room = rooms.get(roomId)
          if (!room)
            throw new ApiFailure('ROOM_NOT_FOUND', 'no')
          return { room: { ...room, viewers: await tencent.im.onlineCount(roomId) }, play: null, mixed: null, guests: [] }
        },
        async getLinkMic(roomId) {
          if (removed.has(user.id))
            throw new ApiFailure('REMOVED', 'no')
          return { view: aView(1, NOT_LINKED, { roomId }) }
        },
        refreshSession: async () => session,
      },
      presence: {
        beat: (roomId, visitId, isFresh) => asked(() => tencent.presence.beat(roomId, user, { visitId, isFresh })),
        leave: (roomId, visitId) => tencent.presence.leave(roomId, user.id, visitId),
      },
    })
    client.login(session.im, session.token)
    clients.add(client)
    return client
  }

  return {
    /** Its rooms answer questions by whom they have sent away. */
    get im(): ImServer {
      const { im } = tencent
      return {
        ...im,
        moderate(roomId, anchorId, moderation) {
          removed.clear()
          moderation.removed.forEach(id => removed.add(id))
          return im.moderate(roomId, anchorId, moderation)
        },
      }
    },
    rooms,
    async open(user) {
      const client = await createApp(user)
      return { client, drop: () => cloud.cloud.sessionsOf(user.id).forEach(session => session.close()) }
    },
    async restart() {
      await tencent.close()
      tencent = start()
    },
    async close() {
      clients.forEach(client => client.logout())
      await tencent.close()
      await cloud.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
