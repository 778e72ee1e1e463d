/** Tells Tencent IM what our people are called, so that others see it beside what they say. */
import type { User } from '../../../shared/protocol/rest'
import type { ErrandQueue } from './ErrandQueue'
import type { ImApi } from './imApi'
import { ACCOUNTS_REMEMBERED, NEWS_MS } from './limits'

export class Introductions {
  /** Who is known there by which name and face, who was introduced last comes last. */
  private readonly known = new Map<string, string>()

  constructor(private readonly queue: Pick<ErrandQueue, 'add'>, private readonly api: Pick<ImApi, 'importAccount'>) {}

  /** Nobody waits for it. */
  introduce(user: User): void {
    const profile = `${user.avatar} ${user.nickname}`
    if (this.known.get(user.id) === profile)
      return
    this.queue.add({ key: user.id, command: 'account_import', priority: 'Normal', replaces: 'profile', ttlMs: NEWS_MS, run: async () => {
      await this.api.importAccount(user)
      this.remember(user.id, profile)
    } })
  }

  private remember(userId: string, profile: string): void {
    this.known.delete(userId)
    this.known.set(userId, profile)
    const [oldest] = this.known.keys()
    if (this.known.size > ACCOUNTS_REMEMBERED)
      this.known.delete(oldest)
  }
}
