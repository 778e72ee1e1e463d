/** The whole server with doubles of its clouds, and people who have no app: REST, Tencent's socket, an RTMP encoder. */
import type { TestServerOptions } from '../../server/testing/startTestServer'
import type { LinkMicCommand, LinkMicView } from '../../shared/protocol/linkMic'
import type { ModerationCommand } from '../../shared/protocol/moderation'
import type { Room, RoomDetail, Session } from '../../shared/protocol/rest'
import type { CloudsOptions } from '../openClouds'
import { startTestServer } from '../../server/testing/startTestServer'
import { openClouds } from '../openClouds'
import { openPeer } from '../tencent/im/testing/peer'

export type SandboxWorld = Awaited<ReturnType<typeof openSandboxWorld>>
export type SandboxPerson = Awaited<ReturnType<SandboxWorld['person']>>

export async function openSandboxWorld(options: CloudsOptions & Pick<TestServerOptions, 'env' | 'logTo'> = {}) {
  const clouds = await openClouds(options)
  const server = await startTestServer({ env: { ...clouds.env, ...options.env } })
  clouds.callBack(server.origin)

  return {
    clouds,
    server,
    roomOf: async (roomId: string): Promise<Room> => (await server.call('GET', `/api/rooms/${roomId}`)).body.room,

    async person(nickname: string, session?: Session) {
      const { token, user, im } = session ?? await server.openSession(nickname)
      if (im.kind !== 'tencent')
        throw new TypeError('the chat is not Tencent\'s')
      const peer = await openPeer({ socketUrl: im.socketUrl!, sdkAppId: im.sdkAppId, login: { userId: im.userId, userSig: im.userSig } })
      const call = (method: string, path: string, body?: unknown) => server.call(method, `/api${path}`, { token, body })
      return {
        user,
        token,
        peer,
        call,
        createRoom: () => server.createRoom(token),
        endRoom: (roomId: string) => call('DELETE', `/rooms/${roomId}`),
        detail: async (roomId: string): Promise<RoomDetail> => (await call('GET', `/rooms/${roomId}`)).body,
        /** Joins its chat, and tells our server of it, as the app does. */
        async enter(roomId: string) {
          const joined = await peer.join(roomId)
          const present = await call('PUT', `/rooms/${roomId}/presence?visit=${nickname}`)
          return { joined, present }
        },
        say: (roomId: string, text: string) => peer.say(roomId, text),
        linkMic: (roomId: string, command: LinkMicCommand) => call('POST', `/rooms/${roomId}/link-mic`, command),
        linkMicView: async (roomId: string): Promise<LinkMicView> => (await call('GET', `/rooms/${roomId}/link-mic`)).body.view,
        moderate: (roomId: string, command: ModerationCommand) => call('POST', `/rooms/${roomId}/moderation`, command),
        /** News of our server that reached this person, parsed. */
        news: () => peer.messages
          .filter(({ From_Account, MsgBody }) => From_Account === clouds.im.cloud.admin && Array.isArray(MsgBody))
          .map(({ MsgBody }) => JSON.parse(MsgBody[0].MsgContent.Data) as { readonly type: string } & Record<string, any>),
      }
    },

    async close(): Promise<void> {
      await server.stop()
      await clouds.close()
    },
  }
}
