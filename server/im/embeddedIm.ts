import type { ChatHub } from '../chat/ChatHub'
import type { ImServer } from './ImServer'

/** Our own hub as rooms see it. */
export function createEmbeddedIm(hub: ChatHub): ImServer {
  return {
    createRoom: roomId => hub.begin(roomId),
    closeRoom: roomId => hub.end(roomId),
    broadcast: (roomId, news) => hub.broadcast(roomId, news),
    onlineCount: async roomId => hub.online(roomId),
    signal: async (roomId, userId, signal) => hub.signal(roomId, userId, signal),
    moderate: async (roomId, anchorId, moderation) => hub.moderate(roomId, anchorId, moderation),
    audience: async (roomId, limit) => hub.audience(roomId, limit),
    listen: events => hub.listen(events),
  }
}
