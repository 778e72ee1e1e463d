/**
 * A double of Tencent IM on this machine, for tests and for trying the application without an account: the REST API, the
 * SDK's socket and signed callbacks around one cloud. Made after the documents of the REST API
 * (https://cloud.tencent.com/document/product/269) and after what tim-wx-sdk 2.27 sends and understands; it is no proof of
 * what the real cloud does.
 */
import type { AddressInfo } from 'node:net'
import type { UserSigKey } from '../../../server/settings'
import type { CallbackSettings } from './callbacks'
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { createUserSigner } from '../../../server/auth/userSig'
import { createCallbacks } from './callbacks'
import { ImCloud } from './ImCloud'
import { createRestDoor } from './rest/restDoor'
import { createSocketCommands } from './socket/socketCommands'
import { createSocketDoor, FRAME_MAX_BYTES } from './socket/socketDoor'
import { noTrouble } from './Trouble'

const LOOPBACK = '127.0.0.1'

export interface ImCloudSettings {
  readonly sdkAppId: number
  readonly key: UserSigKey
  readonly admin?: string
  readonly now?: () => number
  readonly offlineAfterMs?: number
}

export type ImCloudDouble = Awaited<ReturnType<typeof startImCloud>>

export async function startImCloud({ sdkAppId, key, admin = 'administrator', now = Date.now, offlineAfterMs = 20_000 }: ImCloudSettings) {
  let callbackTo: CallbackSettings | undefined
  const trouble = noTrouble()
  const asked: string[] = []
  const unknown: string[] = []
  const signer = createUserSigner({ sdkAppId, key })
  const callbacks = createCallbacks(() => callbackTo, sdkAppId, now)
  const cloud = new ImCloud({ admin, callbacks, now, offlineAfterMs })
  const rest = createRestDoor({ cloud, signer, trouble, now, asked })
  const server = createServer((request, response) => void rest(request, response))
  const sockets = new WebSocketServer({ server, maxPayload: FRAME_MAX_BYTES })
  sockets.on('connection', createSocketDoor({ cloud, sdkAppId, trouble, commands: createSocketCommands({ cloud, signer, now, unknown }), asked }))
  await new Promise<void>(resolve => server.listen(0, LOOPBACK, resolve))
  const address = `${LOOPBACK}:${(server.address() as AddressInfo).port}`
  return {
    /** For TENCENT_IM_API_URL. */
    apiUrl: `http://${address}`,
    /** For TENCENT_IM_SOCKET_URL, the SDK's `proxyServer`. */
    socketUrl: `ws://${address}`,
    cloud,
    trouble,
    /** Names of REST calls and of the socket's commands, in order. */
    asked,
    /** Commands of the socket that are not known here. */
    unknown,
    /** Callbacks that were sent. */
    callbacks: callbacks.sent,
    /** From now on callbacks go here; before, nobody is told anything. */
    callBack(to: CallbackSettings): void {
      callbackTo = to
    },
    /** Cuts every connection of the SDK; it may come back at once. */
    drop(): void {
      for (const socket of sockets.clients)
        socket.terminate()
    },
    async close(): Promise<void> {
      cloud.close()
      for (const socket of sockets.clients)
        socket.terminate()
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
