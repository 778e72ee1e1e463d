import type { Server } from './Server'
import type { Room, User } from '@/shared/protocol/rest'
import type { KeyValue } from '@/src/ports/KeyValue'
import { GuestSession } from '@/src/live/sessions/GuestSession'
import { RoomChannel } from '@/src/live/sessions/RoomChannel'
import { createSeatMemory } from '@/src/live/sessions/seatMemory'
import { createServerTime } from '@/src/live/sessions/serverTime'
import { createPageClock } from './pageClock'
import { PageIm } from './PageIm'
import { PagePusher } from './PagePusher'

/** The room, open in a viewer's window: the app's own session with its real channel, over a network. */
export class GuestPage {
  readonly im: PageIm
  readonly pusher: PagePusher
  readonly session: GuestSession
  room: Room | undefined
  private isAlive = true
  private readonly stopSession: () => void
  private readonly leaveRoom: () => void
  private readonly clock: ReturnType<typeof createPageClock>

  constructor(private readonly server: Server, readonly user: User, memory: KeyValue) {
    const { net, roomId } = server
    const { random } = net
    this.clock = createPageClock(net.clock, net.pick([-200_000, 0, 70_000]))
    const time = createServerTime(this.clock)
    this.im = new PageIm(server, user)
    this.pusher = new PagePusher(server, user.id, {
      status: status => this.isAlive && this.session.pusherStatus(status),
      problem: problem => this.isAlive && this.session.pusherProblem(problem),
    })
    const channel = new RoomChannel({ im: this.im, clock: this.clock, random, signIn: async () => this.im.login(), time })
    channel.listen({ room: (room) => {
      this.room = room
    } })
    this.session = new GuestSession({ api: this.api(), channel, clock: this.clock, random, time, memory: createSeatMemory(memory, roomId), pusher: this.pusher }, roomId)
    this.stopSession = this.session.start()
    this.leaveRoom = channel.enter(roomId)
  }

  /** By the back button: the page says so. */
  leave(): void {
    this.stopSession()
    this.leaveRoom()
    this.isAlive = false
    this.clock.stop()
  }

  /** The window is closed or loaded anew: nothing is said, and the stream ends when the engine notices. */
  kill(): void {
    this.isAlive = false
    this.clock.stop()
    this.im.die()
    this.pusher.isSending = false
    this.server.net.later(() => this.pusher.lose())
  }

  /** Answers to a page that is gone reach nobody. */
  private api(): ReturnType<Server['apiFor']> {
    const { getLinkMic, linkMic } = this.server.apiFor(this.user)
    const whileAlive = async <Answer>(call: Promise<Answer>): Promise<Answer> => {
      const outcome = await call.then(answer => () => answer, error => () => {
        throw error
      })
      return this.isAlive ? outcome() : new Promise<never>(() => {})
    }
    return {
      getLinkMic: roomId => whileAlive(getLinkMic(roomId)),
      linkMic: (roomId, command) => whileAlive(linkMic(roomId, command)),
    }
  }
}
