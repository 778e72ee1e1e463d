import type { Server } from './Server'
import type { Room } from '@/shared/protocol/rest'
import { DeskSession } from '@/src/live/sessions/DeskSession'
import { RoomChannel } from '@/src/live/sessions/RoomChannel'
import { createServerTime } from '@/src/live/sessions/serverTime'
import { PageIm } from './PageIm'
import { ANCHOR } from './Server'

/** The anchor's desk with its real channel, over the same network. */
export class AnchorPage {
  readonly im: PageIm
  readonly desk: DeskSession
  room: Room | undefined

  constructor(server: Server) {
    const { net: { clock, random }, roomId } = server
    const time = createServerTime(clock)
    this.im = new PageIm(server, ANCHOR)
    const channel = new RoomChannel({ im: this.im, clock, random, signIn: async () => this.im.login(), time })
    channel.listen({ room: (room) => {
      this.room = room
      this.desk.see(room)
    } })
    this.desk = new DeskSession({ api: server.apiFor(ANCHOR), channel, clock, random, time }, roomId)
    this.desk.start()
    channel.enter(roomId)
  }
}
