/** Our own hub behind a real HTTP server, restarted on the same port. */
import type { Buffer } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { ImServerWorld } from '../../conformance/imServer'
import type { Chat } from '@/server/chat/createChat'
import type { Room, User } from '@/shared/protocol/rest'
import type { ImClient } from '@/src/ports/ImClient'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createChat } from '@/server/chat/createChat'
import { NO_LIMITS } from '@/server/chat/testing/ChatDoor'
import { silentLog } from '@/server/chat/testing/ChatWorld'
import { MemoryMessageStore } from '@/server/chat/testing/MemoryMessageStore'
import { wsConnect } from '@/server/chat/testing/wsConnect'
import { systemClock } from '@/server/clock'
import { createEmbeddedImClient } from '@/src/adapters/socket/EmbeddedImClient'

export async function openEmbeddedServer(): Promise<ImServerWorld> {
  const rooms = new Map<string, Room>()
  const people = new Map<string, User>()
  const clients = new Set<ImClient>()
  const store = new MemoryMessageStore()
  let chat = start()
  const server = createServer((_, response) => response.end())
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => chat.handleUpgrade(request, socket, head) || socket.destroy())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws`

  function start(): Chat {
    return createChat({
      store,
      clock: systemClock,
      log: silentLog,
      verifyToken: async token => people.get(token),
      roomFor: async roomId => rooms.get(roomId),
      judgeText: async () => 'fine',
      limits: NO_LIMITS,
    })
  }

  return {
    get im() {
      return chat.im
    },
    rooms,
    async open(user) {
      people.set(user.id, user)
      let socket: ReturnType<typeof wsConnect> | undefined
      const client = createEmbeddedImClient({ url, clock: systemClock, random: () => 0, connect: (to, events) => socket = wsConnect(to, events) })
      clients.add(client)
      client.login({ kind: 'embedded' }, user.id)
      return { client, drop: () => socket?.terminate() }
    },
    async restart() {
      chat.close()
      chat = start()
    },
    async close() {
      clients.forEach(client => client.logout())
      chat.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
