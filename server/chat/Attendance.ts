/** Who is in a room. A person with several windows is there once; one whose last socket broke stays for a while. */
import type { User } from '../../shared/protocol/rest'
import { DROP_GRACE_MS } from './limits'

interface Member<Reader> {
  user: User
  readonly readers: Set<Reader>
  /** When a person without sockets counts as gone; undefined while they are here. */
  deadline?: number
}

/** `Reader`: what stands for one window. */
export class Attendance<Reader> {
  /** In the order in which they came. */
  private readonly members = new Map<string, Member<Reader>>()
  private readonly absent = new Set<string>()
  private anchorId?: string

  constructor(private readonly graceMs = DROP_GRACE_MS) {}

  /** Who watches: everyone here but the anchor. */
  get online(): number {
    return this.members.size - (this.hasAnchor ? 1 : 0)
  }

  get hasAnchor(): boolean {
    return this.anchorId !== undefined && this.members.has(this.anchorId)
  }

  isAnchor(userId: string): boolean {
    return userId === this.anchorId
  }

  get isEmpty(): boolean {
    return this.members.size === 0
  }

  /** Who watches and has a socket, who came last first. */
  audience(limit: number): User[] {
    const watching = [...this.members.values()].filter(({ user, readers }) => readers.size > 0 && user.id !== this.anchorId)
    return watching.reverse().slice(0, limit).map(({ user }) => user)
  }

  readersOf(userId: string): Iterable<Reader> {
    return this.members.get(userId)?.readers ?? []
  }

  /** @returns whether the person has just come: not a second window, not back after a short drop */
  enter(user: User, reader: Reader, isAnchor: boolean): boolean {
    if (isAnchor)
      this.anchorId = user.id
    const member = this.members.get(user.id)
    if (!member) {
      this.members.set(user.id, { user, readers: new Set([reader]) })
      return true
    }
    member.user = user
    member.readers.add(reader)
    member.deadline = undefined
    this.absent.delete(user.id)
    return false
  }

  /** A new nickname or picture. */
  rename(user: User): void {
    const member = this.members.get(user.id)
    if (member)
      member.user = user
  }

  /** On purpose. @returns whether the person has left with it */
  leave(userId: string, reader: Reader): boolean {
    const member = this.members.get(userId)
    if (!member?.readers.delete(reader) || member.readers.size > 0)
      return false
    this.members.delete(userId)
    return true
  }

  /** By a broken socket. @returns whether it was the person's last one */
  drop(userId: string, reader: Reader, now: number): boolean {
    const member = this.members.get(userId)
    if (!member?.readers.delete(reader) || member.readers.size > 0)
      return false
    member.deadline = now + this.graceMs
    this.absent.add(userId)
    return true
  }

  /** Removes those who did not come back in time. @returns whether there were any */
  sweep(now: number): boolean {
    const before = this.members.size
    for (const userId of this.absent) {
      if ((this.members.get(userId)?.deadline ?? 0) > now)
        continue
      this.members.delete(userId)
      this.absent.delete(userId)
    }
    return this.members.size < before
  }
}
