import type { StageEvent } from '../../shared/domain/stage'
import type { User } from '../../shared/protocol/rest'
import type { RecordStep } from './roomSteps'
import type { RoomRecord } from './RoomStore'
import { mayApplyAt } from '../../shared/domain/linkMic'
import { linkOf } from '../../shared/domain/stage'
import { LinkMicRefused } from '../errors'
import { withStage } from './roomSteps'

/** What somebody asks of a stage. @throws LinkMicRefused; nothing has changed then */
export function granted(room: RoomRecord, userId: string, event: StageEvent<User>, now: number): RecordStep {
  const step = withStage(room, event)
  if (step.refusal)
    throw LinkMicRefused(step.refusal, Math.max(0, mayApplyAt(linkOf(room.stage, userId)) - now))
  return step
}
