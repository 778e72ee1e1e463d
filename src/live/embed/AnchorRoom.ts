/** The anchor's side of an embedded room: creates it, sends the picture, answers guests, and ends it. */
import type { MediaProblem, MediaStatus, MediaTrouble } from '../components/media'
import type { AnchorState } from '../sessions/anchorState'
import type { RunningRoomMemory } from '../sessions/runningRoom'
import type { Timers } from '../sessions/timers'
import type { EmbeddedRoom, RoomPorts } from './EmbeddedRoom'
import type { Desk } from './openDesk'
import type { Line } from './openLine'
import type { RoomView } from './roomView'
import { ROOM_ID } from '@/shared/domain/ids'
import { AnchorSession } from '../sessions/AnchorSession'
import { failureCode, isPassing } from '../sessions/failureCode'
import { Observable } from '../sessions/Observable'
import { createRunningRoomMemory } from '../sessions/runningRoom'
import { StageSession } from '../sessions/StageSession'
import { createTimers } from '../sessions/timers'
import { createUntilAnswered } from '../sessions/untilAnswered'
import { createTroubles } from './createTroubles'
import { REST_MS } from './EmbeddedRoom'
import { openDesk } from './openDesk'
import { openLine } from './openLine'
import { createPushReports } from './pushReports'
import { CODE } from './roomEvent'
import { NOTHING, tileOf } from './roomView'

export interface Broadcast {
  /** One of one's own that still runs, or empty: the one that a reload or a killed app has left, or a new one. */
  readonly roomId: string
  readonly title: string
}

export class AnchorRoom implements EmbeddedRoom {
  readonly view = new Observable<RoomView>({ ...NOTHING, notice: 'connecting' })
  private readonly line: Line
  private readonly timers: Timers
  private readonly troubles
  private readonly reports
  private readonly memory: RunningRoomMemory
  private readonly session: AnchorSession
  private desk: Desk | undefined
  private stage: StageSession | undefined
  private stops: (() => void)[] = []
  private roomId: string | undefined
  private wasLive = false
  private isStopped = false
  /** There is a room that nobody else would end. */
  private isMine = false

  constructor(private readonly ports: RoomPorts, private readonly broadcast: Broadcast) {
    const { account, tell } = ports
    const { broadcastStore, clock, deviceAccess, privacyGuide, roomApi } = account.services
    this.memory = createRunningRoomMemory(broadcastStore, roomApi)
    this.timers = createTimers(clock)
    this.troubles = createTroubles(tell)
    this.reports = createPushReports(tell, this.troubles, account.words)
    this.line = openLine(account, tell, () => this.session.dispatch({ type: 'check' }))
    this.session = new AnchorSession({
      api: roomApi,
      channel: this.line.channel,
      clock,
      devices: deviceAccess,
      privacyGuide,
      memory: this.memory,
      pusher: ports.pusher,
    }, () => 'camera')
  }

  begin(): void {
    const { roomId } = this.broadcast
    if (ROOM_ID.test(roomId))
      return this.open(roomId)
    void this.memory.find().then((running) => {
      if (this.isStopped)
        return
      if (running)
        this.open(running.roomId)
      else
        this.create()
    })
  }

  stop(): void {
    if (this.isStopped)
      return
    this.isStopped = true
    this.timers.stop()
    this.stops.reverse().forEach(stop => stop())
    this.line.close()
    this.memory.forget()
    if (this.roomId !== undefined && this.isMine)
      this.end(this.roomId)
    this.view.set(NOTHING)
  }

  retry(): void {
    this.session.dispatch({ type: 'retry' })
  }

  say(text: string): Promise<boolean> {
    return this.line.say(text)
  }

  pusherStatus(status: MediaStatus): void {
    this.session.pusherStatus(status)
  }

  pusherProblem(problem: MediaProblem): void {
    this.reports.hear(problem)
    this.session.pusherProblem(problem.code)
  }

  pusherTrouble(trouble: MediaTrouble | null): void {
    this.reports.trouble(trouble)
    this.session.pusherTrouble(trouble)
  }

  playerStatus(): void {}

  playerProblem(): void {}

  renew(requestId: string): void {
    this.stage?.renew(requestId)
  }

  answer(agree: boolean, userId: string): void {
    this.desk?.answer(agree, userId)
  }

  kick(userId: string): void {
    this.desk?.kick(userId)
  }

  private create(): void {
    const { account: { services: { random, roomApi }, words }, tell } = this.ports
    const { title } = this.broadcast
    createUntilAnswered(this.timers, random)({
      call: () => roomApi.createRoom({ title }).catch((cause) => {
        const code = failureCode(cause)
        if (isPassing(code))
          this.troubles.begin(CODE.createRoom, words.errorText(code))
        throw cause
      }),
      isWanted: () => !this.isStopped,
      answered: ({ room }) => {
        if (this.isStopped)
          return this.end(room.id)
        this.troubles.end(CODE.createRoom)
        this.isMine = true
        this.open(room.id)
      },
      refused: (code) => {
        this.view.set(NOTHING)
        tell('error', CODE.createRoom, words.errorText(code))
      },
    })
  }

  private open(roomId: string): void {
    const { account, tell } = this.ports
    const { clock, random, roomApi: api } = account.services
    this.roomId = roomId
    const desk = this.desk = openDesk(roomId, this.line, account, tell, () => this.show())
    const stage = this.stage = new StageSession({ api, clock, random }, roomId)
    this.stops = [
      this.session.state.watch(state => this.whenChanged(state)),
      stage.state.watch(() => this.show()),
      () => stage.stop(),
      () => desk.close(),
      this.session.start({ roomId, by: 'device' }),
    ]
  }

  private whenChanged(state: AnchorState): void {
    const { account: { user, words }, tell } = this.ports
    if ('room' in state) {
      this.desk?.see(state.room)
      this.stage?.see({ room: state.room, isOnStage: true, userId: user.id }, false)
    }
    const onAir = onAirIn(state)
    if (onAir) {
      this.isMine = true
      this.troubles.end(CODE.enterRoom)
    }
    if (this.reports.feed(onAir?.feed))
      this.retryLater()
    if (state.status === 'live' && !this.wasLive) {
      this.wasLive = true
      tell('created', CODE.ok, { roomID: state.room.id })
    }
    if (state.status === 'ended') {
      this.isMine = false
      tell('roomClosed', CODE.roomClosed, words.t('embed.closed'))
    }
    if (state.status === 'failed')
      this.whenFailed(state)
    this.show()
  }

  private whenFailed({ code }: Extract<AnchorState, { status: 'failed' }>): void {
    const { account: { words }, tell } = this.ports
    if (!isPassing(code))
      return tell('error', CODE.enterRoom, words.errorText(code))
    this.troubles.begin(CODE.enterRoom, words.errorText(code))
    this.retryLater()
  }

  private retryLater(): void {
    this.timers.stop()
    this.timers.after(REST_MS, () => this.retry())
  }

  private show(): void {
    const { value: state } = this.session.state
    const onAir = onAirIn(state)
    const plays = this.stage?.state.value.plays ?? {}
    this.view.set({
      ...NOTHING,
      notice: noticeOf(state),
      publish: onAir?.publish,
      tiles: onAir && this.desk ? this.desk.guests().map(guest => tileOf(guest, plays[guest.requestId], false, true)) : [],
    })
  }

  /** Nobody waits for the answer: without a picture it ends by itself. */
  private end(roomId: string): void {
    void this.ports.account.services.roomApi.endRoom(roomId).catch(failureCode)
  }
}

const onAirIn = (state: AnchorState) => state.status === 'starting' || state.status === 'live' ? state : undefined

function noticeOf(state: AnchorState): RoomView['notice'] {
  switch (state.status) {
    case 'ended': return 'closed'
    case 'live':
    case 'failed': return null
    default: return onAirIn(state)?.feed.status === 'down' ? null : 'connecting'
  }
}
