/** Who is connected: a person's sockets in the order they came, and how fast the person speaks through all of them. */
import type { User } from '../../shared/protocol/rest'
import type { ChatLimits } from './limits'
import { SendingTooFast } from './refusals'
import { TokenBucket } from './TokenBucket'

interface Person<Session> {
  readonly sessions: Set<Session>
  readonly says: TokenBucket
}

export class People<Session extends { readonly user: User }> {
  private readonly people = new Map<string, Person<Session>>()
  private readonly open = new Set<Session>()

  constructor(private readonly limits: ChatLimits) {}

  get sessions(): ReadonlySet<Session> {
    return this.open
  }

  sessionsOf(userId: string): Iterable<Session> {
    return this.people.get(userId)?.sessions ?? []
  }

  /** @returns the person's oldest socket when there are now too many: it has to make room */
  add(session: Session, now: number): Session | undefined {
    const { id } = session.user
    const person = this.people.get(id) ?? { sessions: new Set<Session>(), says: new TokenBucket(this.limits.saysPerUser, now) }
    this.people.set(id, person)
    person.sessions.add(session)
    this.open.add(session)
    if (person.sessions.size > this.limits.socketsPerUser)
      return person.sessions.values().next().value
    return undefined
  }

  remove(session: Session): void {
    this.open.delete(session)
    this.people.get(session.user.id)?.sessions.delete(session)
  }

  /** @throws AppError when this person has to wait before speaking again */
  admit(userId: string, now: number): void {
    const waitMs = this.people.get(userId)?.says.take(now) ?? 0
    if (waitMs > 0)
      throw SendingTooFast(waitMs)
  }

  /** Forgets people who are gone, but not before they could speak freely again: leaving must not buy speed. */
  sweep(now: number): void {
    for (const [id, { sessions, says }] of this.people) {
      if (sessions.size === 0 && says.isFull(now))
        this.people.delete(id)
    }
  }
}
