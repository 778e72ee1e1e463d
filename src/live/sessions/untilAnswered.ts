/** A call that is made again, with a growing pause, while it fails in passing and somebody still waits for it. */
import type { Timers } from './timers'
import type { BackoffPolicy } from '@/shared/domain/backoff'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import { backoffMs } from '@/shared/domain/backoff'
import { failureCode, isPassing } from './failureCode'

export const COMMAND_BACKOFF: BackoffPolicy = { firstMs: 500, maxMs: 5000 }

export interface Asked<Answer> {
  readonly call: () => Promise<Answer>
  readonly isWanted: () => boolean
  readonly answered: (answer: Answer) => void
  /** By the server, or since nobody waits for it any longer. */
  readonly refused: (code: ErrorCode) => void
}

export type UntilAnswered = <Answer>(asked: Asked<Answer>) => void

export function createUntilAnswered(timers: Pick<Timers, 'after'>, random: () => number): UntilAnswered {
  function attempt<Answer>(asked: Asked<Answer>, count: number): void {
    asked.call().then(asked.answered, (error) => {
      const code = failureCode(error)
      if (!isPassing(code) || !asked.isWanted())
        return asked.refused(code)
      timers.after(backoffMs(COMMAND_BACKOFF, count, random()), () => asked.isWanted() ? attempt(asked, count + 1) : asked.refused(code))
    })
  }
  return asked => attempt(asked, 0)
}
