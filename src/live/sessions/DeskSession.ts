/** The anchor's desk: keeps what is known of it, and brings the anchor's decisions to the server. */
import type { DeskCommand, DeskState } from './deskState'
import type { RoomChannel } from './RoomChannel'
import type { ServerTime } from './serverTime'
import type { Timers } from './timers'
import type { UntilAnswered } from './untilAnswered'
import type { Room } from '@/shared/protocol/rest'
import type { Clock } from '@/src/ports/Clock'
import type { RoomApi } from '@/src/ports/RoomApi'
import { agreed, answeredBetween, decide, EMPTY_DESK, outlived, refused, stands, withAnswered, withRoom, withView } from './deskState'
import { failureCode } from './failureCode'
import { Observable } from './Observable'
import { createRequestIds } from './requestId'
import { createTimers } from './timers'
import { createUntilAnswered } from './untilAnswered'

/** A decision that does not arrive for so long is taken back; one that the room does not show for so long is not how it is any more. */
export const DECISION_PATIENCE_MS = 8000
/** Who has taken an invitation is on the stage within this time: the room's news comes later than the desk's. */
export const ANSWER_PATIENCE_MS = 1000

export interface DeskPorts {
  readonly api: Pick<RoomApi, 'getLinkMic' | 'linkMic'>
  readonly channel: RoomChannel
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  readonly time: Pick<ServerTime, 'observe'>
}

export class DeskSession {
  readonly state = new Observable<DeskState>(EMPTY_DESK)
  private readonly timers: Timers
  private readonly untilAnswered: UntilAnswered
  private readonly nextRequestId: () => string
  private isStopped = true
  private hasEntered = false

  constructor(private readonly ports: DeskPorts, private readonly roomId: string) {
    this.timers = createTimers(ports.clock)
    this.untilAnswered = createUntilAnswered(this.timers, ports.random)
    this.nextRequestId = createRequestIds(ports.random)
  }

  /** Listens to the room; returns its stop. */
  start(): () => void {
    this.isStopped = false
    const stopListening = this.ports.channel.listen({
      linkMic: view => this.change(desk => withView(desk, view)),
      history: () => this.whenEntered(),
    })
    return () => {
      this.isStopped = true
      stopListening()
      this.timers.stop()
    }
  }

  see(room: Room): void {
    this.state.set(withRoom(this.state.value, room))
  }

  invite(userId: string): void {
    this.decide({ type: 'invite', requestId: this.nextRequestId(), userId })
  }

  /** Shows at once; a refusal, or no answer in time, takes it back and says why. */
  decide(command: DeskCommand): void {
    const { value: before } = this.state
    this.state.set(decide(before, command))
    if (this.state.value === before)
      return
    const { api, clock, time } = this.ports
    const until = clock.now() + DECISION_PATIENCE_MS
    this.untilAnswered({
      call: () => api.linkMic(this.roomId, command),
      isWanted: () => !this.isStopped && clock.now() < until && stands(this.state.value, command),
      answered: ({ view }) => {
        time.observe(view.at)
        this.change(desk => agreed(desk, command, view))
        this.timers.after(DECISION_PATIENCE_MS, () => this.change(desk => outlived(desk, command)))
      },
      refused: (code) => {
        this.change(desk => refused(desk, command, code))
        this.fetchView()
      },
    })
  }

  /** On the first entry the server says by itself how the desk is; after a gap that may be what was missed. */
  private whenEntered(): void {
    if (this.hasEntered)
      this.fetchView()
    this.hasEntered = true
  }

  private fetchView(): void {
    if (!this.isStopped)
      this.ports.api.getLinkMic(this.roomId).then(({ view }) => this.change(desk => withView(desk, view)), failureCode)
  }

  private change(change: (desk: DeskState) => DeskState): void {
    if (this.isStopped)
      return
    const { value: before } = this.state
    this.state.set(change(before))
    for (const invitation of answeredBetween(before, this.state.value))
      this.timers.after(ANSWER_PATIENCE_MS, () => this.change(desk => withAnswered(desk, invitation)))
  }
}
