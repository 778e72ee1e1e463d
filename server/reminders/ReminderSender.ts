/** What a person is told when an anchor goes live: where, what, who, and since when (unix milliseconds). */
export interface Reminder {
  readonly roomId: string
  readonly title: string
  readonly anchorName: string
  readonly startedAt: number
}

/** Sends WeChat's subscribe messages. Each has been allowed by its person, once. */
export interface ReminderSender {
  /** @throws Error when WeChat takes it not, or cannot be asked */
  send: (openId: string, reminder: Reminder) => Promise<void>
}
