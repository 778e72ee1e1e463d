/** The anchor's broadcast: keeps the machine's state and performs what it asks for. */
import type { AnchorEffect, AnchorEvent, AnchorState, Next, Publisher } from './anchorState'
import type { RoomChannel } from './RoomChannel'
import type { RunningRoomMemory } from './runningRoom'
import type { Timers } from './timers'
import type { MediaProblemCode, MediaStatus, MediaTrouble, PictureSource, PusherHandle } from '@/src/live/components/media'
import type { Clock } from '@/src/ports/Clock'
import type { DeviceAccess } from '@/src/ports/DeviceAccess'
import type { PrivacyGuide } from '@/src/ports/PrivacyGuide'
import type { RoomApi } from '@/src/ports/RoomApi'
import { resumeAnchor, transitionAnchor } from './anchorMachine'
import { openAnchor } from './anchorPreparing'
import { failureCode } from './failureCode'
import { createFailureReason } from './failureReason'
import { Observable } from './Observable'
import { createTimers } from './timers'

/** The first second of a camera is dark. */
export const COVER_DELAY_MS = 1500
/** How often a starting room is asked for, should the news of it not arrive. */
export const POLL_MS = 4000

export interface AnchorPorts {
  readonly api: Pick<RoomApi, 'createRoom' | 'getRoom' | 'endRoom' | 'uploadCover'>
  readonly channel: RoomChannel
  readonly clock: Clock
  readonly devices: Pick<DeviceAccess, 'query'>
  readonly privacyGuide: Pick<PrivacyGuide, 'pending'>
  readonly memory: Pick<RunningRoomMemory, 'keep' | 'forget'>
  readonly pusher: Pick<PusherHandle, 'startPreview' | 'start' | 'stop' | 'snapshot'>
}

export class AnchorSession {
  readonly state: Observable<AnchorState>
  private readonly timers: Timers
  private stops: (() => void)[] = []
  private isStopped = true
  private asked = 0
  private readonly reason = createFailureReason()

  constructor(private readonly ports: AnchorPorts, private readonly source: () => PictureSource) {
    this.timers = createTimers(ports.clock)
    this.state = new Observable<AnchorState>(openAnchor(source()).state)
  }

  /** Begins with the preparations, or with a running room. Returns its stop: the page is going away, the room is not. */
  start(running?: { roomId: string, by: Publisher }): () => void {
    this.isStopped = false
    this.stops = [
      this.state.watch(state => this.remember(state)),
      this.ports.channel.listen({
        room: room => this.dispatch({ type: 'room', room }),
        refused: () => this.dispatch({ type: 'check' }),
      }),
    ]
    this.take(running ? resumeAnchor(running.roomId, running.by) : openAnchor(this.source()))
    return () => this.stop()
  }

  goLive(title: string): void {
    this.dispatch({ type: 'goLive', requestId: this.nextRequestId(), title })
  }

  useEncoder(title: string): void {
    this.dispatch({ type: 'useEncoder', requestId: this.nextRequestId(), title })
  }

  cancel(): void {
    this.dispatch({ type: 'cancel', source: this.source() })
  }

  again(): void {
    this.dispatch({ type: 'again', source: this.source() })
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

  dispatch(event: AnchorEvent): void {
    if (!this.isStopped)
      this.take(transitionAnchor(this.state.value, event))
    else if (event.type === 'created') // the page is gone, nobody will use that room
      this.perform({ type: 'abandonRoom', roomId: event.created.room.id })
  }

  private stop(): void {
    if (this.isStopped)
      return
    this.isStopped = true
    this.timers.stop()
    this.stops.forEach(stop => stop())
    this.ports.pusher.stop()
    this.ports.channel.leave()
  }

  private take({ effects, state }: Next): void {
    this.state.set(state)
    effects.forEach(effect => this.perform(effect))
  }

  /** A room that fails or cannot be loaded now may still wait for its anchor. */
  private remember(state: AnchorState): void {
    if (state.status === 'starting' || state.status === 'live')
      this.ports.memory.keep(state.room.id, state.by)
    else if (state.status === 'ended' || state.status === 'preparing')
      this.ports.memory.forget()
  }

  private perform(effect: AnchorEffect): void {
    const { api, channel, pusher } = this.ports
    switch (effect.type) {
      case 'checkPermission':
        return void this.checkPermission(effect.source)
      case 'startPreview':
        return void pusher.startPreview().then(() => this.dispatch({ type: 'previewStarted' }))
      case 'startPush':
        return pusher.start()
      case 'stopPush':
        return pusher.stop()
      case 'createRoom': {
        const { requestId, title } = effect
        return void api.createRoom({ title }).then(
          created => this.dispatch({ type: 'created', requestId, created }),
          error => this.dispatch({ type: 'createFailed', requestId, code: failureCode(error) }),
        )
      }
      case 'countSecond':
        return this.timers.after(1000, () => this.dispatch({ type: 'second', requestId: effect.requestId }))
      case 'fetchRoom': {
        const { roomId } = effect
        return void api.getRoom(roomId).then(
          detail => this.dispatch({ type: 'fetched', detail }),
          error => this.dispatch({ type: 'fetchFailed', roomId, code: failureCode(error) }),
        )
      }
      case 'pollLater':
        return this.timers.after(POLL_MS, () => this.dispatch({ type: 'poll', roomId: effect.roomId }))
      case 'endRoom': {
        const { roomId } = effect
        return void api.endRoom(roomId).then(
          room => this.dispatch({ type: 'room', room }),
          error => this.dispatch({ type: 'endFailed', roomId, code: failureCode(error) }),
        )
      }
      case 'abandonRoom':
        return void api.endRoom(effect.roomId).catch(failureCode) // it expires by itself
      case 'enterRoom':
        return void channel.enter(effect.roomId)
      case 'leaveRoom':
        return channel.leave()
      case 'takeCover':
        return this.timers.after(COVER_DELAY_MS, () => void this.takeCover(effect.roomId).catch(failureCode)) // a drawn cover will do
    }
  }

  private async checkPermission(source: PictureSource): Promise<void> {
    const { devices, privacyGuide } = this.ports
    const guide = await privacyGuide.pending()
    const camera = source === 'camera' ? await devices.query('camera') : 'granted'
    this.dispatch({ type: 'permission', source, camera, microphone: await devices.query('microphone'), guide })
  }

  private async takeCover(roomId: string): Promise<void> {
    const picture = await this.ports.pusher.snapshot()
    if (picture && !this.isStopped)
      await this.ports.api.uploadCover(roomId, picture)
  }

  private nextRequestId(): string {
    return `create-${++this.asked}`
  }
}
