/** WeChat's side of subscribe messages: one for each time its person said yes, with every field filled. */
import type { Reminder, ReminderSender } from '../reminders/ReminderSender'

export class FakeReminderSender implements ReminderSender {
  readonly sent: (Reminder & { readonly openId: string })[] = []
  /** Waits for it before it answers. */
  gate: Promise<void> = Promise.resolve()
  /** Messages that are on their way now, and the most that ever were. */
  sending = 0
  mostAtOnce = 0
  private readonly allowed = new Map<string, number>()

  /** This person said yes in WeChat, once more. */
  allow(openId: string): void {
    this.allowed.set(openId, (this.allowed.get(openId) ?? 0) + 1)
  }

  async send(openId: string, reminder: Reminder): Promise<void> {
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.sending)
    await this.gate
    this.sending--
    const { roomId, title, anchorName, startedAt } = reminder
    if (!roomId || !title || !anchorName || !Number.isSafeInteger(startedAt))
      throw new Error(`47003: a field of the message to ${openId} is empty`)
    const times = this.allowed.get(openId) ?? 0
    if (times === 0)
      throw new Error(`43101: ${openId} has not allowed a message`)
    this.allowed.set(openId, times - 1)
    this.sent.push({ openId, ...reminder })
  }
}
