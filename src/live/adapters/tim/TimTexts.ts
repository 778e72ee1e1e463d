/** Texts on their way through Tencent IM: sent again under the same id until answered, refused or too late. */
import type { Tim, TimMessage } from './timSdk'
import type { Clock } from '@/src/ports/Clock'
import type { ApiFailure } from '@/src/ports/RoomApi'
import { UnansweredTexts } from '@/src/adapters/socket/UnansweredTexts'
import { failureOf, isPassing } from './errors'
import { TYPES } from './timSdk'

export const RESEND_PAUSE_MS = 1000

export interface TimTextsOptions {
  readonly clock: Clock
  /** Where texts go now; undefined while they have to wait. */
  readonly room: () => { readonly tim: Tim, readonly group: string } | undefined
  readonly onSent: (message: TimMessage) => void
}

export class TimTexts {
  private readonly unanswered: UnansweredTexts
  private readonly created = new Map<string, TimMessage>()
  private readonly underWay = new Set<string>()
  private count = 0
  private cancelPause = () => {}

  constructor(private readonly options: TimTextsOptions) {
    this.unanswered = new UnansweredTexts(options.clock)
  }

  /** Resolves with the message's id. @throws ApiFailure */
  say(text: string): Promise<string> {
    const said = { id: String(++this.count), text }
    const answer = this.unanswered.add(said).finally(() => this.created.delete(said.id))
    void this.send(said)
    return answer
  }

  /** The room is there, again. */
  sendAll(): void {
    this.unanswered.all.forEach(text => void this.send(text))
  }

  failAll(failure: ApiFailure): void {
    this.cancelPause()
    this.unanswered.failAll(failure)
  }

  private async send({ id, text }: { id: string, text: string }): Promise<void> {
    const room = this.options.room()
    if (!room || this.underWay.has(id))
      return
    this.underWay.add(id)
    try {
      const message = await this.attempt(id, text, room.tim, room.group)
      this.options.onSent(message)
      this.unanswered.said(id, message.ID)
    }
    catch (error) {
      const failure = failureOf(error)
      if (isPassing(failure))
        this.pause()
      else
        this.unanswered.fail(id, failure)
    }
    finally {
      this.underWay.delete(id)
    }
  }

  private async attempt(id: string, text: string, tim: Tim, group: string): Promise<TimMessage> {
    const before = this.created.get(id)
    if (before) {
      await tim.resendMessage(before)
      return before
    }
    const message = await tim.createTextMessage({ to: group, conversationType: TYPES.group, payload: { text } })
    this.created.set(id, message)
    await tim.sendMessage(message)
    return message
  }

  private pause(): void {
    this.cancelPause()
    this.cancelPause = this.options.clock.after(RESEND_PAUSE_MS, () => this.sendAll())
  }
}
