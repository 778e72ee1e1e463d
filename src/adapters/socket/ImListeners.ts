/** Who listens to a chat client, whatever carries it. */
import type { ImEvents } from '@/src/ports/ImClient'

export class ImListeners {
  private readonly all = new Set<Partial<ImEvents>>()

  /** Returns what stops listening. */
  add(events: Partial<ImEvents>): () => void {
    this.all.add(events)
    return () => void this.all.delete(events)
  }

  tell<Name extends keyof ImEvents>(name: Name, ...news: Parameters<ImEvents[Name]>): void {
    for (const events of [...this.all])
      (events[name] as ((...news: Parameters<ImEvents[Name]>) => void) | undefined)?.(...news)
  }

  /** Nobody is called for nothing. */
  tellMessages(messages: Parameters<ImEvents['messages']>[0]): void {
    if (messages.length > 0)
      this.tell('messages', messages)
  }
}
