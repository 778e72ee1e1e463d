/** The one judgement of what people say and are called: our own list of words, then whoever else is asked. */
import type { Clock } from '../clock'
import type { BlockedWords } from './blockedWords'
import type { ContentCheck, TextPlace } from './ContentCheck'

/** Somebody waits to be heard: who has not judged by then has let it through. */
export const JUDGE_TIMEOUT_MS = 1000

export type Judgement = 'fine' | 'blocked'

/**
 * Never rejects, and answers within a second. `userId` is empty for who is only about to get an account.
 */
export type JudgeText = (text: string, place: TextPlace, userId: string) => Promise<Judgement>

export interface TextJudgeOptions {
  /** Undefined: no word is blocked. */
  readonly blockedWords?: BlockedWords
  /** Undefined: nobody else is asked. */
  readonly contentCheck?: Pick<ContentCheck, 'isTextFine'>
  readonly clock: Pick<Clock, 'after'>
  readonly log: { warn: (fields: object, message: string) => void }
}

export function createTextJudge({ blockedWords, contentCheck, clock, log }: TextJudgeOptions): JudgeText {
  /** Undefined: nobody answered. */
  function ask(check: Pick<ContentCheck, 'isTextFine'>, ...question: Parameters<JudgeText>): Promise<boolean | undefined> {
    return new Promise((resolve) => {
      const stopWaiting = clock.after(JUDGE_TIMEOUT_MS, () => resolve(undefined))
      const settle = (isFine?: boolean): void => {
        stopWaiting()
        resolve(isFine)
      }
      check.isTextFine(...question).then(settle, () => settle())
    })
  }

  return async (text, place, userId) => {
    if (blockedWords?.isIn(text))
      return 'blocked'
    if (!contentCheck)
      return 'fine'
    const isFine = await ask(contentCheck, text, place, userId)
    if (isFine === undefined)
      log.warn({ place, userId }, 'a text was let through: nobody judged it in time')
    return isFine === false ? 'blocked' : 'fine'
  }
}
