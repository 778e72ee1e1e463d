import type { Network } from './Network'
import type { ImServer, ImServerEvents, RoomNews, Signal } from '@/server/im/ImServer'
import type { LinkMicView } from '@/shared/protocol/linkMic'
import type { Room, User } from '@/shared/protocol/rest'
import type { RoomMessage } from '@/shared/protocol/ws'
import { Absences } from './Absences'

/** One socket of a person in the room, as the hub holds it. */
export interface Socket {
  readonly user: User
  isOpen: boolean
  /** How much of the room's log has been sent. */
  sent: number
  readonly hear: (messages: readonly RoomMessage[]) => void
  readonly hearLinkMic: (view: LinkMicView) => void
  /** Its other end went away. */
  readonly whenClosed: () => void
}

/** Chat of one room over a network: the log comes in its order, signals come in any, late or twice, and both end with their socket. */
export class Hub implements ImServer {
  /** As far as rooms have heard. */
  readonly absences = new Absences()
  private readonly log: RoomMessage[] = []
  private readonly sockets = new Set<Socket>()
  private readonly listeners = new Set<Partial<ImServerEvents>>()

  constructor(private readonly net: Network) {}

  createRoom = async () => {}
  closeRoom = async () => {}
  onlineCount = async () => this.sockets.size
  audience = async () => [...this.sockets].map(({ user }) => user)

  broadcast = async (_: string, news: RoomNews) => {
    this.log.push({ ...news, seq: this.log.length + 1, at: this.net.clock.now() })
    this.sockets.forEach(socket => this.net.later(() => this.send(socket)))
  }

  /** Nobody keeps order here. */
  moderate = async () => {}

  signal = async (_: string, userId: string, signal: Signal) => {
    if (signal.type !== 'linkMic')
      return
    const { view } = signal
    for (const socket of [...this.sockets].filter(({ user }) => user.id === userId)) {
      const arrive = () => socket.isOpen && socket.hearLinkMic(structuredClone(view))
      this.net.later(arrive)
      if (this.net.isRough && this.net.chance(0.2))
        this.net.later(arrive)
    }
  }

  listen = (events: Partial<ImServerEvents>) => {
    this.listeners.add(events)
    return () => this.listeners.delete(events)
  }

  get newestRoom(): Room | undefined {
    return this.log.flatMap(message => 'room' in message ? [message.room] : []).pop()
  }

  get length(): number {
    return this.log.length
  }

  open(roomId: string, socket: Socket): void {
    this.sockets.add(socket)
    this.absences.end(socket.user.id, this.net.clock.now())
    this.tell(roomId, socket.user, 'here')
    this.send(socket)
  }

  /** It broke, or was left on purpose; the hub hears of it when the network says so. */
  close(roomId: string, socket: Socket, presence: 'dropped' | 'left'): void {
    socket.isOpen = false
    this.net.later(() => {
      if (!this.sockets.delete(socket) || [...this.sockets].some(({ user }) => user.id === socket.user.id))
        return
      this.absences.begin(socket.user.id, this.net.clock.now())
      this.tell(roomId, socket.user, presence)
    })
  }

  /** The process ends; nobody is there to be told. */
  closeAll(): void {
    for (const socket of this.sockets) {
      if (socket.isOpen)
        this.net.later(socket.whenClosed, 0)
      socket.isOpen = false
      this.absences.begin(socket.user.id, this.net.clock.now())
    }
    this.sockets.clear()
  }

  private send(socket: Socket): void {
    if (!socket.isOpen)
      return
    const messages = this.log.slice(socket.sent)
    socket.sent = this.log.length
    if (messages.length > 0)
      socket.hear(structuredClone(messages))
  }

  private tell(roomId: string, user: User, presence: 'here' | 'dropped' | 'left'): void {
    for (const { presenceChanged } of this.listeners)
      presenceChanged?.(roomId, user, presence)
  }
}
