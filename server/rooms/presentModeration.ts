import type { ModerationView, Standing } from '../../shared/protocol/moderation'
import type { RoomRecord } from './RoomStore'
import { isSilenced } from '../../shared/domain/moderation'

/** For the anchor. */
export function presentModeration({ moderation: { isEveryoneSilenced, silenced, removed } }: RoomRecord): ModerationView {
  return { isEveryoneSilenced, silenced: [...silenced], removed: [...removed] }
}

/** For one person. */
export const presentStanding = ({ id, moderation }: RoomRecord, userId: string): Standing => ({ roomId: id, isSilenced: isSilenced(moderation, userId) })
