import type { Moderation } from '../../shared/domain/moderation'
import type { LinkMicView } from '../../shared/protocol/linkMic'
import type { Standing } from '../../shared/protocol/moderation'
import type { User } from '../../shared/protocol/rest'
import type { ImServer, ImServerEvents, Presence, RoomNews, Signal } from '../im/ImServer'

/** A chat that only writes down what rooms tell it, and in which a test speaks by hand. */
export class FakeIm implements ImServer {
  readonly rooms = new Set<string>()
  readonly news: (RoomNews & { readonly roomId: string })[] = []
  readonly signals: { readonly roomId: string, readonly userId: string, readonly view: LinkMicView }[] = []
  readonly standings: (Standing & { readonly userId: string })[] = []
  /** The last that each room said of its order. */
  readonly moderations = new Map<string, Moderation<string>>()
  private readonly present = new Map<string, Map<string, User>>()
  private readonly listeners = new Set<Partial<ImServerEvents>>()

  createRoom = async (roomId: string) => void this.rooms.add(roomId)
  closeRoom = async (roomId: string) => void this.rooms.delete(roomId)
  onlineCount = async () => 0

  broadcast = async (roomId: string, news: RoomNews) => {
    if (!this.rooms.has(roomId))
      throw new Error(`Nobody created the chat of ${roomId}.`)
    this.news.push({ roomId, ...news })
  }

  moderate = async (roomId: string, _anchorId: string, moderation: Moderation<string>) => void this.moderations.set(roomId, moderation)

  signal = async (roomId: string, userId: string, signal: Signal) => {
    if (signal.type === 'linkMic')
      this.signals.push({ roomId, userId, view: signal.view })
    else
      this.standings.push({ userId, ...signal.standing })
  }

  audience = async (roomId: string, limit: number) => [...this.present.get(roomId)?.values() ?? []].reverse().slice(0, limit)

  /** Somebody joins, is dropped or leaves. */
  presence(roomId: string, user: User, presence: Presence): void {
    const here = this.present.get(roomId) ?? new Map<string, User>()
    this.present.set(roomId, here)
    here.delete(user.id)
    if (presence === 'here')
      here.set(user.id, user)
    this.tell('presenceChanged', roomId, user, presence)
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
