/**
 * "Tell me when this anchor is live again": each who asked gets one message the next time, and one attempt. Rules:
 * docs/SPEC.md, section WX.
 */
import type { Logger } from 'pino'
import type { Room } from '../../shared/protocol/rest'
import type { Clock } from '../clock'
import type { Reminder, ReminderSender } from './ReminderSender'
import type { Recipient, ReminderStore } from './reminderStore'
import { NoWeChat } from '../errors'

export const SENDS_AT_ONCE = 8
/** WeChat answers in less than a second; one that says nothing must not hold the others up. */
export const SEND_TIMEOUT_MS = 10_000

export interface Reminders {
  /** @throws NoWeChat for somebody to whom nothing can be sent */
  add: (userId: string, anchorId: string) => Promise<void>
  /** A room has gone live, or is live again. Nobody waits for this. */
  wentLive: (room: Room) => void
  /** Begins nothing more; what has begun is not waited for. */
  close: () => Promise<void>
}

export interface RemindersOptions {
  readonly store: ReminderStore
  readonly sender: ReminderSender
  readonly clock: Pick<Clock, 'after'>
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
}

export function createReminders({ store, sender, clock, log }: RemindersOptions): Reminders {
  const due: { readonly to: Recipient, readonly reminder: Reminder }[] = []
  const takes = new Set<Promise<void>>()
  let sending = 0
  let isClosed = false

  async function take({ id: roomId, title, anchor, startedAt }: Room): Promise<void> {
    const people = await store.take(anchor.id)
    if (people.length === 0 || isClosed)
      return
    log.info({ roomId, userId: anchor.id, people: people.length }, 'people are told that an anchor is live')
    const reminder = { roomId, title, anchorName: anchor.nickname, startedAt: startedAt! }
    due.push(...people.map(to => ({ to, reminder })))
    pump()
  }

  function pump(): void {
    while (sending < SENDS_AT_ONCE && due.length > 0) {
      const { to, reminder } = due.shift()!
      sending++
      void send(to, reminder).finally(() => {
        sending--
        pump()
      })
    }
  }

  async function send({ userId, openId }: Recipient, reminder: Reminder): Promise<void> {
    let stopWaiting = () => {}
    const tooLate = new Promise<never>((_, reject) => stopWaiting = clock.after(SEND_TIMEOUT_MS, () => reject(new Error('no answer'))))
    try {
      await Promise.race([sender.send(openId, reminder), tooLate])
    }
    catch (error) {
      log.warn({ userId, roomId: reminder.roomId, reason: String(error).replaceAll(openId, '…') }, 'a reminder could not be sent')
    }
    finally {
      stopWaiting()
    }
  }

  return {
    async add(userId, anchorId) {
      if (!await store.add(userId, anchorId))
        throw NoWeChat()
    },
    wentLive(room) {
      const taking = take(room)
        .catch((error: unknown) => log.error({ err: error, roomId: room.id }, 'who wants to be reminded could not be found'))
        .finally(() => takes.delete(taking))
      takes.add(taking)
    },
    async close() {
      isClosed = true
      due.length = 0
      await Promise.all(takes)
    },
  }
}
