/** A room as it is heard through Tencent IM, which may repeat messages and keeps none. */
import type { Heard } from './readMessage'
import type { TimMessage } from './timSdk'
import type { Room } from '@/shared/protocol/rest'
import type { RoomMessage } from '@/shared/protocol/ws'
import { HISTORY_LENGTH } from '@/shared/protocol/ws'
import { readMessage } from './readMessage'

/** Messages that could come twice: those of the last seconds of a busy room. */
const REMEMBERED = 500

export class TimRoom {
  private readonly heard = new Set<string>()
  /** The last that was said, so that after a drop the list does not begin empty. */
  private log: readonly RoomMessage[] = []
  private told: Room | undefined

  /** In which its chat is. */
  group: string

  constructor(readonly roomId: string, private readonly serverAccount?: string) {
    this.group = roomId
  }

  /** The last that was heard of the room. */
  get news(): Room | undefined {
    return this.told
  }

  get history(): readonly RoomMessage[] {
    return this.log
  }

  /** What is new in these, in their order. */
  take(messages: readonly TimMessage[]): Heard[] {
    return messages.flatMap((message) => {
      const heard = this.isNew(message) ? readMessage(message, this, this.serverAccount) : undefined
      if (heard?.type === 'message')
        this.keep(heard.message)
      return heard ? [heard] : []
    })
  }

  private isNew({ ID }: TimMessage): boolean {
    if (this.heard.has(ID))
      return false
    this.heard.add(ID)
    const [oldest] = this.heard
    if (this.heard.size > REMEMBERED)
      this.heard.delete(oldest)
    return true
  }

  private keep(message: RoomMessage): void {
    this.log = [...this.log, message].slice(-HISTORY_LENGTH)
    if ('room' in message)
      this.told = message.room
  }
}
