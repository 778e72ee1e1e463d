/**
 * A stage in a world that obeys its effects: a media engine that asks who holds a seat, sockets, a network that holds commands
 * back and says them twice, a database, a clock. It counts for itself what the rules are about; stageWalk.test.ts compares.
 */
import type { LinkMicEnd } from '../linkMic'
import type { Stage, StageEvent, StageRefusal, StageStep } from '../stage'
import { EMPTY_STAGE, holdsSeat, linkOf, stageDeadline, transitionStage } from '../stage'

export interface User { readonly id: string, readonly nickname: string }
export type Event = StageEvent<User>
type Command = Extract<Event, { requestId: string }>

/** What one event did. */
export interface WorldStep extends StageStep<User> {
  readonly before: Stage<User>
  readonly event: Event
}

export class StageWorld {
  now = 1_790_000_000_000
  stage: Stage<User> = EMPTY_STAGE
  /** The media engine: publications, and what is muted. */
  readonly live = new Map<string, string>()
  readonly mutes = new Map<string, { readonly isMicMuted: boolean, readonly isCameraMuted: boolean }>()
  /** Since when somebody has no socket, or no publication, as far as the stage has heard. */
  readonly socketLostAt = new Map<string, number>()
  readonly streamLostAt = new Map<string, number>()
  readonly seatedAt = new Map<string, number>()
  readonly seen = new Set<LinkMicEnd | StageRefusal>()
  private readonly heldBack: Command[] = []
  private readonly said: Command[] = []
  private readonly news: Event[] = []
  private readonly atTheDoor: string[] = []
  private sessions = 0

  constructor(private readonly random: () => number, private readonly check: (step: WorldStep) => void) {}

  chance = (probability: number): boolean => this.random() < probability
  pick = <Item>(items: readonly Item[]): Item => items[Math.floor(this.random() * items.length)]

  oneOf(acts: readonly (readonly [weight: number, act: () => void])[]): void {
    let point = this.random() * acts.reduce((sum, [weight]) => sum + weight, 0)
    const [, act] = acts.find(([weight]) => (point -= weight) < 0) ?? acts[0]
    act()
  }

  /** Arrives now, later or twice; later still everything said may be said again. */
  say(command: Command): void {
    this.said.push(command)
    if (this.said.length > 60)
      this.said.shift()
    if (this.chance(0.3))
      this.heldBack.push(command)
    else
      this.hear(command)
    if (this.chance(0.15))
      this.hear(command)
  }

  sayAgain(): void {
    if (this.said.length > 0)
      this.hear(this.pick(this.said))
  }

  /** One that was held back arrives, whichever. */
  deliver(): void {
    const [command] = this.heldBack.splice(Math.floor(this.random() * this.heldBack.length), 1)
    if (command)
      this.hear(command)
  }

  /** The engine asks at its door who may publish; the first packets come at once, or when the seat may be lost already. */
  publish(userId: string): void {
    if (!holdsSeat(this.stage, userId))
      return
    if (this.chance(0.2))
      this.atTheDoor.push(userId)
    else
      this.goLive(userId)
  }

  enter(): void {
    this.atTheDoor.splice(0).forEach(userId => this.goLive(userId))
  }

  /** For how long somebody has been without socket or publication, as far as the stage has heard. */
  lostFor(userId: string): number {
    return this.now - Math.min(this.socketLostAt.get(userId) ?? Infinity, this.streamLostAt.get(userId) ?? Infinity)
  }

  /** The stage has not heard yet that this publication began. */
  isNews(userId: string): boolean {
    return this.news.some(event => event.type === 'published' && event.userId === userId && event.sessionId === this.live.get(userId))
  }

  unpublish(userId: string): void {
    const sessionId = this.live.get(userId)
    if (!sessionId)
      return
    this.live.delete(userId)
    this.news.push({ type: 'unpublished', userId, sessionId, at: this.now })
  }

  /** What the engine tells arrives in its order, but not at once. @returns whether there was anything */
  hearNews(): boolean {
    const event = this.news.shift()
    if (event)
      this.do(event)
    return event !== undefined
  }

  /** The exact timer goes off on time, but for the few milliseconds that the server was busy. */
  pass(ms: number): void {
    const end = this.now + ms
    for (let deadline = stageDeadline(this.stage); deadline !== undefined && deadline <= end; deadline = stageDeadline(this.stage)) {
      this.now = Math.max(this.now, deadline) + (this.chance(0.2) ? 5 : 0)
      this.do({ type: 'tick', at: this.now })
    }
    this.now = Math.max(this.now, end)
  }

  setClockBack(ms: number): void {
    this.now -= ms
  }

  restart(): void {
    this.live.clear()
    this.mutes.clear()
    this.news.length = 0
    this.atTheDoor.length = 0
    for (const { user } of this.stage.guests) {
      this.socketLostAt.set(user.id, this.now)
      this.streamLostAt.set(user.id, this.now)
    }
    this.stage = JSON.parse(JSON.stringify(this.stage)) as Stage<User>
    this.do({ type: 'restarted', at: this.now })
  }

  do(event: Event): void {
    this.note(event)
    const before = this.chance(0.2) ? JSON.parse(JSON.stringify(this.stage)) as Stage<User> : this.stage
    const step = transitionStage(before, event)
    this.stage = step.state
    for (const effect of step.effects) {
      if (effect.type === 'cut')
        this.unpublish(effect.userId)
      if (effect.type === 'mute')
        this.mutes.set(effect.userId, effect)
    }
    this.noteGuests(before, event)
    if (event.type === 'seat' && !step.refusal)
      this.noteSeat(before, event.user.id)
    if (step.refusal)
      this.seen.add(step.refusal)
    this.stage.endings.forEach(({ reason }) => this.seen.add(reason))
    this.check({ ...step, before, event })
  }

  private goLive(userId: string): void {
    const former = this.live.get(userId)
    const sessionId = `s${++this.sessions}`
    this.live.set(userId, sessionId)
    this.news.push({ type: 'published', userId, sessionId, at: this.now })
    if (former)
      this.news.push({ type: 'unpublished', userId, sessionId: former, at: this.now })
  }

  private hear(command: Command): void {
    if (command.type === 'apply')
      this.do({ ...command, isHere: !this.socketLostAt.has(command.user.id), at: this.now })
    else
      this.do('at' in command ? { ...command, at: this.now } : command)
  }

  private noteGuests(before: Stage<User>, event: Event): void {
    for (const { user } of this.stage.guests) {
      if (!before.guests.some(guest => guest.user.id === user.id)) {
        this.socketLostAt.delete(user.id)
        if (event.type === 'apply' && !event.isHere)
          this.socketLostAt.set(user.id, event.at)
      }
      if (holdsSeat(this.stage, user.id) && !holdsSeat(before, user.id)) {
        this.seatedAt.set(user.id, this.now)
        this.streamLostAt.delete(user.id)
      }
    }
  }

  /** Who takes a seat is there; of who was on the way to one the stream is not missed any more. */
  private noteSeat(before: Stage<User>, userId: string): void {
    this.socketLostAt.delete(userId)
    if (linkOf(before, userId).status === 'connecting')
      this.streamLostAt.delete(userId)
  }

  private note(event: Event): void {
    if (event.type === 'presence') {
      if (event.presence === 'here')
        this.socketLostAt.delete(event.userId)
      else if (!this.socketLostAt.has(event.userId))
        this.socketLostAt.set(event.userId, event.at)
    }
    if (event.type === 'published')
      this.streamLostAt.delete(event.userId)
    if (event.type === 'unpublished' && this.stage.guests.some(({ user, sessionId }) => user.id === event.userId && sessionId === event.sessionId))
      this.streamLostAt.set(event.userId, event.at)
  }
}
