/** The audience's side of an embedded room: watches, asks for a seat, takes part, and comes back to watching. */
import type { MediaProblem, MediaStatus, MediaTrouble } from '../components/media'
import type { AudienceState } from '../sessions/audienceMachine'
import type { GuestState } from '../sessions/guestState'
import type { Timers } from '../sessions/timers'
import type { EmbeddedRoom, RoomPorts } from './EmbeddedRoom'
import type { Line } from './openLine'
import type { RoomView } from './roomView'
import { AudienceSession } from '../sessions/AudienceSession'
import { isPassing } from '../sessions/failureCode'
import { GuestSession } from '../sessions/GuestSession'
import { linkOf } from '../sessions/guestState'
import { Observable } from '../sessions/Observable'
import { createSeatMemory } from '../sessions/seatMemory'
import { StageSession } from '../sessions/StageSession'
import { createTimers } from '../sessions/timers'
import { audienceView, stageViewOf } from './audienceView'
import { createTroubles } from './createTroubles'
import { REST_MS } from './EmbeddedRoom'
import { createLinkReports } from './linkReports'
import { mayUseDevices } from './mayUseDevices'
import { openLine } from './openLine'
import { createPushReports } from './pushReports'
import { CODE } from './roomEvent'
import { NOTHING } from './roomView'

export class AudienceRoom implements EmbeddedRoom {
  readonly view = new Observable<RoomView>(NOTHING)
  private readonly line: Line
  private readonly timers: Timers
  private readonly troubles
  private readonly reports
  private readonly tellLink
  private readonly audience: AudienceSession
  private readonly guest: GuestSession
  private readonly stage: StageSession
  private stops: (() => void)[] = []
  private isStopped = false

  constructor(private readonly ports: RoomPorts, roomId: string) {
    const { account, player, pusher, tell } = ports
    const { clock, random, roomApi: api, windowStore } = account.services
    this.timers = createTimers(clock)
    this.troubles = createTroubles(tell)
    this.reports = createPushReports(tell, this.troubles, account.words)
    this.tellLink = createLinkReports(tell, this.troubles, account.words)
    this.line = openLine(account, tell, () => this.audience.dispatch({ type: 'check' }))
    const { channel, time } = this.line
    this.audience = new AudienceSession({ api, channel, clock, player }, roomId)
    this.guest = new GuestSession({ api, channel, clock, random, time, memory: createSeatMemory(windowStore, roomId), pusher }, roomId)
    this.stage = new StageSession({ api, clock, random }, roomId)
  }

  begin(): void {
    this.stops = [
      this.audience.detail.watch(detail => detail && this.stage.know(detail)),
      this.audience.state.watch(state => this.whenChanged(state)),
      this.guest.state.watch(state => this.whenGuestChanged(state)),
      this.stage.state.watch(() => this.show()),
      () => this.stage.stop(),
      this.guest.start(),
      this.audience.start(),
    ]
    this.show()
  }

  stop(): void {
    if (this.isStopped)
      return
    this.isStopped = true
    this.timers.stop()
    this.stops.reverse().forEach(stop => stop())
    this.line.close()
    this.view.set(NOTHING)
  }

  retry(): void {
    const { value: state } = this.audience.state
    // A picture that is there is left alone.
    if (state.status !== 'watching' || (state.picture.status !== 'showing' && state.picture.status !== 'away'))
      this.audience.dispatch({ type: 'retry' })
    this.guest.dispatch({ type: 'retry' })
  }

  say(text: string): Promise<boolean> {
    return this.line.say(text)
  }

  pusherStatus(status: MediaStatus): void {
    this.guest.pusherStatus(status)
  }

  pusherProblem(problem: MediaProblem): void {
    this.reports.hear(problem)
    this.guest.pusherProblem(problem.code)
  }

  pusherTrouble(trouble: MediaTrouble | null): void {
    this.reports.trouble(trouble)
    this.guest.pusherTrouble(trouble)
  }

  playerStatus(status: MediaStatus): void {
    this.audience.playerStatus(status)
  }

  playerProblem({ code }: MediaProblem): void {
    this.audience.playerProblem(code)
  }

  renew(requestId: string): void {
    this.stage.renew(requestId)
  }

  /** The devices are asked for first: once the anchor agrees there are only seconds. */
  requestSeat(isVoice: boolean): void {
    void this.withDevices(isVoice, () => this.guest.apply(isVoice ? 'voice' : 'video'))
  }

  answerInvitation(agree: boolean, isVoice: boolean): void {
    if (agree)
      void this.withDevices(isVoice, () => this.guest.acceptInvitation(isVoice ? 'voice' : 'video'))
    else if (linkOf(this.guest.state.value).status === 'invited')
      this.leaveSeat()
  }

  /** Takes back the request, or leaves the seat. */
  leaveSeat(): void {
    this.guest.leave()
  }

  private async withDevices(isVoice: boolean, act: () => void): Promise<void> {
    const { account: { services: { deviceAccess }, words }, tell } = this.ports
    const problem = await mayUseDevices(deviceAccess, isVoice)
    if (this.isStopped)
      return
    if (problem)
      tell('error', CODE.linkMic, words.t(`media.${problem}`))
    else
      act()
  }

  private whenChanged(state: AudienceState): void {
    const { account: { words }, tell } = this.ports
    switch (state.status) {
      case 'failed':
        if (isPassing(state.code)) {
          this.troubles.begin(CODE.enterRoom, words.errorText(state.code))
          this.retryLater()
        }
        else {
          tell('error', CODE.enterRoom, words.errorText(state.code))
        }
        break
      case 'ended':
        tell('roomClosed', CODE.roomClosed, words.t('embed.closed'))
        break
      case 'watching':
        this.troubles.end(CODE.enterRoom)
        this.judge(state.picture)
    }
    this.show()
  }

  private judge(picture: Extract<AudienceState, { status: 'watching' }>['picture']): void {
    const { account: { words }, tell } = this.ports
    if (picture.status === 'showing' || picture.status === 'away')
      this.troubles.end(CODE.playFailed)
    if (picture.status !== 'failed')
      return
    if (picture.problem === 'UNSUPPORTED' || picture.problem === 'TAG_UNAVAILABLE')
      return tell('error', CODE.playFailed, words.t(`media.${picture.problem}`))
    this.troubles.begin(CODE.playFailed, words.t('embed.playing'))
    this.retryLater()
  }

  private retryLater(): void {
    this.timers.stop()
    this.timers.after(REST_MS, () => this.audience.dispatch({ type: 'retry' }))
  }

  private whenGuestChanged(state: GuestState): void {
    this.tellLink(state)
    this.reports.feed(state.publication.status === 'on' ? state.publication.feed : undefined)
    if (state.ending)
      return this.guest.dispatch({ type: 'forgetEnding' })
    this.show()
  }

  private show(): void {
    const { audience: { state: { value: audience } }, guest: { state: { value: guest } }, stage } = this
    const { id } = this.ports.account.user
    const seen = stageViewOf(audience, guest, id)
    if (seen)
      stage.see(seen, audience.status === 'watching' && audience.picture.status === 'showing')
    this.view.set(audienceView(audience, guest, stage.state.value, id))
  }
}
