/** Who may be in a room and speak there, as its anchor has said it. */
import type { Moderation } from '../../shared/domain/moderation'
import { Removed, Silenced } from '../errors'

export class RoomOrder {
  private readonly silenced: ReadonlySet<string>
  private readonly removed: ReadonlySet<string>

  constructor(private readonly roomId: string, private readonly anchorId: string, private readonly moderation: Moderation<string>) {
    this.silenced = new Set(moderation.silenced)
    this.removed = new Set(moderation.removed)
  }

  /** @throws AppError */
  admit(userId: string): void {
    if (this.removed.has(userId))
      throw Removed(this.roomId)
  }

  /** @throws AppError */
  hear(userId: string): void {
    this.admit(userId)
    if (userId !== this.anchorId && (this.moderation.isEveryoneSilenced || this.silenced.has(userId)))
      throw Silenced()
  }
}
