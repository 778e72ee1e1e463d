/** Being told by a message when an anchor goes live the next time. WeChat's people allow each message by itself, before it is sent. */
export type ReminderAnswer = 'accepted' | 'rejected' | 'banned' | 'unavailable'

export interface LiveReminder {
  /** Whether the server can send one. Never rejects. */
  isOffered: () => Promise<boolean>
  /** WeChat's own question; it wants to be asked in the middle of a tap. Never rejects. */
  ask: () => Promise<ReminderAnswer>
  /** The server is to send it, when the anchor of this room goes live. @throws ApiFailure */
  add: (roomId: string) => Promise<void>
}
