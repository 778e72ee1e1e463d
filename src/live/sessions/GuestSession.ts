/** A person's own way to the stage: keeps the machine's state and performs what it asks for. */
import type { GuestCalls } from './guestCalls'
import type { GuestEffect, GuestEvent, GuestState, Next } from './guestState'
import type { RoomChannel } from './RoomChannel'
import type { SeatMemory } from './seatMemory'
import type { ServerTime } from './serverTime'
import type { Timers } from './timers'
import type { Medium } from '@/shared/domain/linkMic'
import type { MediaProblemCode, MediaStatus, MediaTrouble, PusherHandle } from '@/src/live/components/media'
import type { Clock } from '@/src/ports/Clock'
import type { RoomApi } from '@/src/ports/RoomApi'
import { failureCode } from './failureCode'
import { createFailureReason } from './failureReason'
import { createGuestCalls } from './guestCalls'
import { transitionGuest, WISH_PATIENCE_MS } from './guestMachine'
import { isOwn, linkOf, openGuest } from './guestState'
import { Observable } from './Observable'
import { createRequestIds } from './requestId'
import { createTimers } from './timers'

/** How often the server is asked while chat, which brings the news, is broken. */
export const POLL_MS = 4000

export interface GuestPorts {
  readonly api: Pick<RoomApi, 'getLinkMic' | 'linkMic'>
  readonly channel: RoomChannel
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  readonly time: ServerTime
  readonly memory: SeatMemory
  readonly pusher: Pick<PusherHandle, 'start' | 'stop'>
}

export class GuestSession {
  readonly state: Observable<GuestState>
  private readonly timers: Timers
  private readonly calls: GuestCalls
  private readonly nextRequestId: () => string
  private readonly reason = createFailureReason()
  private stops: (() => void)[] = []
  private isStopped = true
  private hasEntered = false

  constructor(private readonly ports: GuestPorts, private readonly roomId: string) {
    this.timers = createTimers(ports.clock)
    this.nextRequestId = createRequestIds(ports.random)
    this.state = new Observable(openGuest(ports.memory.requestId))
    this.calls = createGuestCalls(roomId, { ...ports, timers: this.timers, state: () => this.state.value, dispatch: event => this.dispatch(event) })
  }

  /** Listens to the room; returns its stop: the person leaves the page, and with it what they asked for here. */
  start(): () => void {
    const { channel, clock, time } = this.ports
    this.isStopped = false
    this.stops = [
      channel.listen({
        linkMic: view => this.dispatch({ type: 'view', view }),
        room: room => room.id === this.roomId && room.status === 'ended' && this.dispatch({ type: 'roomEnded', at: time.now() }),
        history: () => this.whenEntered(),
      }),
      clock.every(POLL_MS, () => channel.connection.status !== 'online' && linkOf(this.state.value).status !== 'idle' && this.dispatch({ type: 'check' })),
    ]
    if (this.state.value.own) // a reload: the seat waits
      this.dispatch({ type: 'check' })
    return () => this.stop()
  }

  apply(medium: Medium): void {
    this.dispatch({ type: 'apply', requestId: this.nextRequestId(), medium, at: this.ports.time.now() })
  }

  acceptInvitation(medium: Medium): void {
    this.dispatch({ type: 'acceptInvitation', medium, at: this.ports.time.now() })
  }

  leave(): void {
    this.dispatch({ type: 'leave', at: this.ports.time.now() })
  }

  pusherStatus(status: MediaStatus): void {
    const problem = this.reason.of(status)
    this.dispatch(problem ? { type: 'pusherFailed', problem } : { type: 'pusher', status })
  }

  pusherTrouble(trouble: MediaTrouble | null): void {
    if (trouble?.kind === 'stuck')
      this.dispatch({ type: 'stuck' })
  }

  pusherProblem(problem: MediaProblemCode): void {
    this.reason.hear(problem)
    this.dispatch({ type: 'problem', problem })
  }

  dispatch(event: GuestEvent): void {
    if (!this.isStopped)
      this.take(transitionGuest(this.state.value, event))
  }

  private stop(): void {
    if (this.isStopped)
      return
    const { value: state } = this.state
    this.isStopped = true
    this.timers.stop()
    this.stops.forEach(stop => stop())
    this.ports.pusher.stop()
    this.ports.memory.forget()
    this.state.set(openGuest(null))
    const requestId = isOwn(state) ? state.own : state.wishes.find(({ type }) => type === 'leave')?.requestId
    if (requestId)
      void this.ports.api.linkMic(this.roomId, { type: 'leave', requestId }).catch(failureCode) // the lost socket says it, too
  }

  /** On the first entry the server says by itself how we stand; after a gap that may be what was missed. */
  private whenEntered(): void {
    if (this.hasEntered)
      this.dispatch({ type: 'check' })
    this.hasEntered = true
  }

  private take({ effects, state }: Next): void {
    this.state.set(state)
    this.remember(state)
    effects.forEach(effect => this.perform(effect))
  }

  private remember(state: GuestState): void {
    if (!state.view)
      return
    if (state.own !== null && isOwn(state))
      this.ports.memory.keep(state.own)
    else
      this.ports.memory.forget()
  }

  private perform(effect: GuestEffect): void {
    const { calls, ports: { pusher }, timers } = this
    switch (effect.type) {
      case 'send': return calls.send(effect.wish)
      case 'expectAnswer': return timers.after(WISH_PATIENCE_MS, () => this.dispatch({ type: 'overdue', wish: effect.wish }))
      case 'fetchView': return calls.fetchView()
      case 'fetchViewLater': return calls.fetchViewLater()
      case 'startPush': return pusher.start()
      case 'stopPush': return pusher.stop()
      case 'report': return calls.report()
    }
  }
}
