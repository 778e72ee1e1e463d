/** Who is in a room, by the beats of their apps. A visit is one window's stay: somebody may have several. */
import type { User } from '../../../shared/protocol/rest'
import type { Presence } from '../ImServer'
import type { Beat } from '../PresenceDoor'
import { Attendance } from '../../chat/Attendance'
import { BEAT_STALE_MS, RETURN_GRACE_MS, VISITS_OF_ONE_MAX } from './limits'

export interface VisitsOptions {
  readonly presenceChanged: (user: User, presence: Presence) => void
  /** A first visit, or a return after a while, of somebody who watches. */
  readonly hasCome: (user: User) => void
  /** There are more or fewer of them. */
  readonly counted: () => void
}

interface Visit {
  readonly user: User
  readonly lastBeatAt: number
}

export class Visits {
  private readonly attendance = new Attendance<string>(RETURN_GRACE_MS)
  private readonly visits = new Map<string, Visit>()
  /** Of whom the cloud lost sight, and who is not given up yet. */
  private readonly lost = new Map<string, { readonly user: User, readonly visitId: string, readonly at: number }>()

  constructor(private readonly options: VisitsOptions) {}

  /** People who watch. */
  get online(): number {
    return this.attendance.online
  }

  /** Everybody with a visit, the anchor too. */
  get people(): number {
    return new Set([...this.visits.values()].map(({ user }) => user.id)).size
  }

  get hasAnchor(): boolean {
    return this.attendance.hasAnchor
  }

  /** Their windows. */
  countOf(userId: string): number {
    return this.visitsOf(userId).length
  }

  audience(limit: number): User[] {
    return this.attendance.audience(limit)
  }

  rename(user: User): void {
    this.attendance.rename(user)
  }

  beat(user: User, { visitId, isFresh }: Beat, isAnchor: boolean, now: number): void {
    const key = `${user.id} ${visitId}`
    const visit = this.visits.get(key)
    this.visits.set(key, { user, lastBeatAt: now })
    this.lost.delete(user.id)
    if (visit) {
      if (isFresh)
        this.options.presenceChanged(user, 'here')
      return
    }
    const hasCome = this.attendance.enter(user, visitId, isAnchor)
    const [oldest, ...others] = this.visitsOf(user.id)
    if (others.length >= VISITS_OF_ONE_MAX)
      this.leave(user.id, oldest)
    this.options.presenceChanged(user, 'here')
    if (hasCome && !isAnchor) {
      this.options.hasCome(user)
      this.options.counted()
    }
  }

  /** On purpose; of a visit that the cloud has lost sight of, too: the news of that may be quicker. */
  leave(userId: string, visitId: string): void {
    const lost = this.lost.get(userId)
    this.lost.delete(userId)
    const visit = this.take(userId, visitId)
    const user = visit?.user ?? (lost?.visitId === visitId ? lost.user : undefined)
    if (!user)
      return
    if (!visit)
      this.attendance.enter(user, visitId, this.attendance.isAnchor(userId))
    if (!this.attendance.leave(userId, visitId))
      return
    this.options.presenceChanged(user, 'left')
    this.options.counted()
  }

  /** The cloud has lost every connection of theirs; a beat brings them back, or the cloud. */
  drop(userId: string, now: number): void {
    for (const visitId of this.visitsOf(userId)) {
      this.lost.set(userId, { user: this.visits.get(`${userId} ${visitId}`)!.user, visitId, at: now })
      this.lose(userId, visitId, now)
    }
  }

  /** The cloud sees them again. */
  revive(userId: string, now: number): void {
    const lost = this.lost.get(userId)
    if (lost)
      this.beat(lost.user, { visitId: lost.visitId, isFresh: false }, this.attendance.isAnchor(userId), now)
  }

  /** Sent away: gone at once. */
  remove(userId: string): void {
    this.lost.delete(userId)
    for (const visitId of this.visitsOf(userId))
      this.leave(userId, visitId)
  }

  sweep(now: number): void {
    for (const [key, { user, lastBeatAt }] of this.visits) {
      if (now - lastBeatAt >= BEAT_STALE_MS)
        this.lose(user.id, key.slice(user.id.length + 1), now)
    }
    for (const [userId, { at }] of this.lost) {
      if (now - at >= RETURN_GRACE_MS)
        this.lost.delete(userId)
    }
    if (this.attendance.sweep(now))
      this.options.counted()
  }

  private lose(userId: string, visitId: string, now: number): void {
    const visit = this.take(userId, visitId)
    if (visit && this.attendance.drop(userId, visitId, now))
      this.options.presenceChanged(visit.user, 'dropped')
  }

  private take(userId: string, visitId: string): Visit | undefined {
    const key = `${userId} ${visitId}`
    const visit = this.visits.get(key)
    this.visits.delete(key)
    return visit
  }

  private visitsOf(userId: string): string[] {
    return [...this.attendance.readersOf(userId)]
  }
}
