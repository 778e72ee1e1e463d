import type { ImServer, ImServerEvents, RoomNews } from '../im/ImServer'

/** A chat that only writes down what rooms tell it, and in which a test speaks by hand. */
export class FakeIm implements ImServer {
  readonly rooms = new Set<string>()
  readonly news: (RoomNews & { readonly roomId: string })[] = []
  private readonly listeners = new Set<Partial<ImServerEvents>>()

  createRoom = async (roomId: string) => void this.rooms.add(roomId)
  closeRoom = async (roomId: string) => void this.rooms.delete(roomId)
  onlineCount = async () => 0

  broadcast = async (roomId: string, news: RoomNews) => {
    if (!this.rooms.has(roomId))
      throw new Error(`Nobody created the chat of ${roomId}.`)
    this.news.push({ roomId, ...news })
  }

  listen = (events: Partial<ImServerEvents>) => {
    this.listeners.add(events)
    return () => this.listeners.delete(events)
  }

  tell<Name extends keyof ImServerEvents>(name: Name, ...args: Parameters<ImServerEvents[Name]>): void {
    for (const events of this.listeners)
      (events[name] as ((...args: unknown[]) => void) | undefined)?.(...args)
  }

  /** The statuses a room has been told, in order. */
  statusesTold(roomId: string): string[] {
    return this.news.filter(news => news.roomId === roomId).map(({ room }) => room.status)
  }
}
