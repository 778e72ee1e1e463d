import type { RoomRecord } from '@/server/rooms/RoomStore'
import type { User } from '@/shared/protocol/rest'
import { seededRandom } from '@/server/testing/seededRandom'
import { settled, VirtualClock } from '@/server/testing/VirtualClock'
import { isSeated } from '@/shared/domain/linkMic'
import { createMemoryStore } from '@/src/adapters/uni/memoryStore'
import { applicationsOf, guestsOnStage, invitationsOf } from '@/src/live/sessions/deskState'
import { linkOf } from '@/src/live/sessions/guestState'
import { AnchorPage } from './AnchorPage'
import { GuestPage } from './GuestPage'
import { Network } from './Network'
import { ANCHOR, Server } from './Server'

export const PEOPLE: readonly User[] = Array.from({ length: 12 }, (_, index) => ({ id: `up${index}xx`, nickname: `P${index}`, avatar: index }))

/** A dozen people with the app's sessions and the real rooms service, who tap, lose their network and come back at random. */
export class Walk {
  readonly net: Network
  readonly server: Server
  readonly pages = new Map<string, GuestPage>()
  anchor!: AnchorPage
  private readonly memories = new Map(PEOPLE.map(({ id }) => [id, createMemoryStore()]))

  constructor(seed: number) {
    this.net = new Network(new VirtualClock(), seededRandom(seed))
    this.server = new Server(this.net)
    PEOPLE.forEach(({ id }) => this.server.hub.absences.begin(id, this.net.clock.now()))
  }

  async start(): Promise<void> {
    await this.server.start()
    await this.server.goLive()
    this.anchor = new AnchorPage(this.server)
    await settled()
  }

  get random() {
    return this.net.random
  }

  /** One thing that somebody does, or that happens to them. */
  async step(): Promise<void> {
    const { net } = this
    const user = net.pick(PEOPLE)
    const page = this.pages.get(user.id)
    if (!page) {
      this.open(user)
    }
    else {
      this.oneOf([
        [10, () => page.session.apply(net.pick(['video', 'voice']))],
        [8, () => page.session.acceptInvitation(net.pick(['video', 'voice']))],
        [2, () => page.session.leave()],
        [8, () => this.toggle(page)],
        [2, () => page.session.dispatch({ type: 'retry' })],
        [2, () => page.session.dispatch({ type: 'takeOver' })],
        [4, () => page.im.drop()],
        [3, () => page.pusher.lose()],
        [2, () => this.reload(user, page)],
        [1.5, () => this.close(user, page)],
        [0.5, () => this.leave(user, page)],
        [30, () => this.decide()],
        [1, () => this.anchor.im.drop()],
        [0.5, () => this.anchorBlinks()],
      ])
      if (net.chance(0.003))
        await this.restart()
    }
    await settled()
    await net.clock.advance(net.pick([0, 0, 0, 20, 300, 1500, 4000]))
  }

  /** The network is good and nobody does anything, until everything has arrived. */
  async rest(): Promise<void> {
    this.net.isRough = false
    await settled()
    await this.net.clock.advance(90_000)
    await settled()
  }

  private open(user: User): void {
    this.pages.set(user.id, new GuestPage(this.server, user, this.memories.get(user.id)!))
  }

  private reload(user: User, page: GuestPage): void {
    page.kill()
    this.open(user)
  }

  private close(user: User, page: GuestPage): void {
    page.kill()
    this.pages.delete(user.id)
  }

  private leave(user: User, page: GuestPage): void {
    page.leave()
    this.pages.delete(user.id)
  }

  private toggle({ session }: GuestPage): void {
    const { publication, switches } = session.state.value
    const link = linkOf(session.state.value)
    if (publication.status === 'on' && isSeated(link))
      session.dispatch({ type: 'switch', switches: { isMicOn: !switches.isMicOn, isCameraOn: link.medium === 'video' && this.net.chance(0.5) } })
  }

  /** By what the desk shows, which may be late. */
  private decide(): void {
    const { anchor: { desk }, net } = this
    const state = desk.state.value
    const application = net.pick(applicationsOf(state))
    const invitation = net.pick(invitationsOf(state))
    const guest = net.pick(guestsOnStage(state))
    if (application && net.chance(0.7))
      return desk.decide({ type: net.chance(0.8) ? 'accept' : 'reject', userId: application.user.id, requestId: application.requestId })
    if (invitation && net.chance(0.1))
      return desk.decide({ type: 'withdraw', userId: invitation.user.id, requestId: invitation.requestId })
    if (guest && net.chance(0.3)) {
      const name = { userId: guest.user.id, requestId: guest.requestId }
      return desk.decide(net.chance(0.15) ? { type: 'kick', ...name } : { type: 'mute', ...name, isMicMuted: net.chance(0.5), isCameraMuted: net.chance(0.3) })
    }
    if (net.chance(0.1))
      return desk.decide({ type: 'setAdmission', admission: net.pick(['ask', 'ask', 'ask', 'open', 'open', 'closed']) })
    if (net.chance(0.4))
      desk.invite(net.pick(PEOPLE).id)
  }

  private anchorBlinks(): void {
    const { net, server } = this
    const streamId = `${server.roomId}-${ANCHOR.id}`
    if (!server.media.live.has(streamId))
      return
    server.media.unpublish(streamId)
    net.later(() => server.isUp && !server.media.live.has(streamId) && server.media.publish(streamId), net.pick([1000, 20_000, 40_000]))
  }

  private async restart(): Promise<void> {
    const { net, server } = this
    await server.stop()
    await net.clock.advance(net.pick([10, 3000]))
    await server.start()
    net.later(() => server.media.publish(`${server.roomId}-${ANCHOR.id}`), net.pick([500, 15_000]))
  }

  private oneOf(acts: readonly (readonly [weight: number, act: () => void])[]): void {
    let point = this.random() * acts.reduce((sum, [weight]) => sum + weight, 0)
    const [, act] = acts.find(([weight]) => (point -= weight) < 0) ?? acts[0]
    act()
  }
}

export type Stage = RoomRecord['stage']
