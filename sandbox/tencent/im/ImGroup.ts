/** A live group (AVChatRoom): who is in it, who may speak, and the last of what was said, for those who poll. */
import type { ImSession } from './ImSession'
import type { GroupMessage } from './wire'

/** A group of this kind keeps no history; this is for polls that are under way. */
const KEPT_MESSAGES = 500

export class ImGroup {
  name: string
  isEveryoneSilenced = false
  /** Until when, in unix milliseconds. */
  readonly silenced = new Map<string, number>()
  readonly banned = new Map<string, number>()
  /** Sessions in it, of accounts and of visitors. */
  readonly sessions = new Set<ImSession>()
  readonly createdAt: number
  private log: GroupMessage[] = []
  private readonly firstSeq: number
  private lastSeq: number
  private readonly waiting = new Set<() => void>()

  constructor(readonly id: string, readonly owner: string, name: string, now: number, seq: number) {
    this.name = name
    this.createdAt = now
    this.firstSeq = seq
    this.lastSeq = seq
  }

  get members(): string[] {
    return [...new Set([...this.sessions].flatMap(({ account }) => account ? [account.id] : []))]
  }

  /** Accounts, and visitors, each of whom counts. */
  get online(): number {
    return this.members.length + [...this.sessions].filter(({ account }) => !account).length
  }

  get nextSeq(): number {
    return this.lastSeq + 1
  }

  /** By which a poll names the group; another group of the same id has another. */
  get key(): string {
    return `${this.id}@${this.firstSeq}`
  }

  isMember(userId: string): boolean {
    return [...this.sessions].some(({ account }) => account?.id === userId)
  }

  mayNotSpeak(userId: string, now: number): boolean {
    return userId !== this.owner && (this.isEveryoneSilenced || (this.silenced.get(userId) ?? 0) > now)
  }

  isBanned(userId: string, now: number): boolean {
    return (this.banned.get(userId) ?? 0) > now
  }

  tell(message: GroupMessage): void {
    this.lastSeq = message.MsgSeq
    this.log = [...this.log, message].slice(-KEPT_MESSAGES)
    this.wake()
  }

  /** What was said from `seq` on; waits for it when there is nothing. */
  async poll(seq: number, holdMs: number): Promise<GroupMessage[]> {
    if (this.since(seq).length === 0)
      await this.nextMessage(holdMs)
    return this.since(seq)
  }

  /** Answers all who wait. */
  wake(): void {
    for (const answer of [...this.waiting])
      answer()
  }

  private since(seq: number): GroupMessage[] {
    return this.log.filter(({ MsgSeq }) => MsgSeq >= seq)
  }

  private nextMessage(holdMs: number): Promise<void> {
    return new Promise((resolve) => {
      const answer = () => {
        clearTimeout(timer)
        this.waiting.delete(answer)
        resolve()
      }
      const timer = setTimeout(answer, holdMs)
      this.waiting.add(answer)
    })
  }
}
