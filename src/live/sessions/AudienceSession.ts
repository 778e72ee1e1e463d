/** Watching a room: keeps the machine's state and performs what it asks for. */
import type { AudienceEffect, AudienceEvent, AudienceState } from './audienceMachine'
import type { RoomChannel } from './RoomChannel'
import type { Timers } from './timers'
import type { Step } from '@/shared/domain/transition'
import type { RoomDetail } from '@/shared/protocol/rest'
import type { MediaProblemCode, MediaStatus, PlayerHandle } from '@/src/live/components/media'
import type { Clock } from '@/src/ports/Clock'
import type { RoomApi } from '@/src/ports/RoomApi'
import { openAudience, SLOW_AFTER_MS, SPENT_AFTER_MS, transitionAudience } from './audienceMachine'
import { failureCode } from './failureCode'
import { createFailureReason } from './failureReason'
import { Observable } from './Observable'
import { createTimers } from './timers'

export interface AudiencePorts {
  readonly api: Pick<RoomApi, 'getRoom'>
  readonly channel: RoomChannel
  readonly clock: Clock
  readonly player: Pick<PlayerHandle, 'start' | 'stop'>
}

export class AudienceSession {
  readonly state: Observable<AudienceState>
  /** The newest that was fetched, for whoever needs more of it. */
  readonly detail = new Observable<RoomDetail | undefined>(undefined)
  /** The wait for a picture. */
  private readonly wait: Timers
  private stopListening: (() => void) | undefined
  private isStopped = true
  private readonly reason = createFailureReason()

  constructor(private readonly ports: AudiencePorts, private readonly roomId: string) {
    this.wait = createTimers(ports.clock)
    this.state = new Observable<AudienceState>(openAudience(roomId).state)
  }

  /** Opens the room; returns what leaves it. */
  start(): () => void {
    this.isStopped = false
    this.stopListening = this.ports.channel.listen({
      room: room => this.dispatch({ type: 'room', room }),
      refused: code => this.dispatch(code === 'REMOVED' ? { type: 'fetchFailed', roomId: this.roomId, code } : { type: 'check' }),
    })
    this.take(openAudience(this.roomId))
    return () => this.stop()
  }

  playerStatus(status: MediaStatus): void {
    const problem = this.reason.of(status)
    this.dispatch(problem ? { type: 'playerFailed', problem } : { type: 'player', status })
  }

  playerProblem(problem: MediaProblemCode): void {
    this.reason.hear(problem)
  }

  dispatch(event: AudienceEvent): void {
    if (!this.isStopped)
      this.take(transitionAudience(this.state.value, event))
  }

  private whenFetched(detail: RoomDetail): void {
    if (this.isStopped)
      return
    this.detail.set(detail)
    this.dispatch({ type: 'fetched', detail })
  }

  private stop(): void {
    if (this.isStopped)
      return
    this.isStopped = true
    this.wait.stop()
    this.stopListening?.()
    this.ports.player.stop()
    this.ports.channel.leave()
  }

  private take({ effects, state }: Step<AudienceState, AudienceEffect>): void {
    this.state.set(state)
    effects.forEach(effect => this.perform(effect))
  }

  private perform(effect: AudienceEffect): void {
    const { api, channel, player } = this.ports
    switch (effect.type) {
      case 'fetchRoom': {
        const { roomId } = effect
        return void api.getRoom(roomId).then(
          detail => this.whenFetched(detail),
          error => this.dispatch({ type: 'fetchFailed', roomId, code: failureCode(error) }),
        )
      }
      case 'enterRoom':
        return void channel.enter(effect.roomId)
      case 'leaveRoom':
        return channel.leave()
      case 'startPlayer':
        return player.start()
      case 'stopPlayer':
        return player.stop()
      case 'beginWaiting':
        this.wait.stop()
        this.wait.after(SLOW_AFTER_MS, () => this.dispatch({ type: 'waited', patience: 'slow' }))
        this.wait.after(SPENT_AFTER_MS, () => this.dispatch({ type: 'waited', patience: 'spent' }))
    }
  }
}
