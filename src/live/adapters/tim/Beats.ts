/** Tells our own server that this window is in a room, for as long as it is: Tencent tells it late, or not at all. */
import type { Clock } from '@/src/ports/Clock'
import type { PresenceApi } from '@/src/ports/PresenceApi'
import { PRESENCE_INTERVAL_MS } from '@/shared/protocol/presence'
import { ApiFailure } from '@/src/ports/RoomApi'
import { failureOf } from './errors'

export interface BeatsOptions {
  readonly presence: PresenceApi
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  readonly onRemoved: (failure: ApiFailure) => void
  /** The server has no such room, or it has ended. */
  readonly onGone: () => void
}

interface Stay {
  readonly roomId: string
  readonly visit: string
  readonly stop: () => void
}

export class Beats {
  private stay: Stay | undefined
  /** A leaving that overtakes a beat would be undone by it. */
  private underWay: Promise<unknown> = Promise.resolve()

  constructor(private readonly options: BeatsOptions) {}

  /**
   * Begins, or goes on.
   *
   * @returns where the room's chat is, if that is not called by the room's id, and as far as is known
   * @throws ApiFailure when this person was sent out of the room; nothing else is in the way
   */
  async enter(roomId: string): Promise<string | undefined> {
    if (this.stay?.roomId !== roomId)
      this.begin(roomId)
    const answer = await this.beat(this.stay!, true)
    if (!(answer instanceof ApiFailure))
      return answer
    if (answer.code === 'REMOVED')
      throw answer
    return undefined
  }

  leave(): void {
    const { stay } = this
    this.fallSilent()
    if (stay)
      void this.underWay.then(() => this.options.presence.leave(stay.roomId, stay.visit))
  }

  /** There is nothing to leave any more. */
  fallSilent(): void {
    this.stay?.stop()
    this.stay = undefined
  }

  private begin(roomId: string): void {
    this.leave()
    const { clock, random } = this.options
    const visit = Math.floor(random() * 2 ** 52).toString(36)
    const stay: Stay = { roomId, visit, stop: clock.every(PRESENCE_INTERVAL_MS, () => void this.beatOn(stay)) }
    this.stay = stay
  }

  private async beatOn(stay: Stay): Promise<void> {
    const answer = await this.beat(stay, false)
    if (!(answer instanceof ApiFailure) || this.stay !== stay)
      return
    if (answer.code === 'REMOVED')
      this.options.onRemoved(answer)
    else if (answer.code === 'ROOM_ENDED' || answer.code === 'ROOM_NOT_FOUND')
      this.options.onGone()
  }

  private beat({ roomId, visit }: Stay, isFresh: boolean): Promise<string | undefined | ApiFailure> {
    const answer = this.options.presence.beat(roomId, visit, isFresh).catch(failureOf)
    this.underWay = answer
    return answer
  }
}
