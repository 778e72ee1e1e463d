import type { TextPlace } from '../moderation/ContentCheck'
import type { JudgeText } from '../moderation/createTextJudge'
import { TextBlocked } from '../errors'

/**
 * Before anything is changed. `userId` is empty for who is only about to get an account.
 *
 * @throws TextBlocked
 */
export async function allowText(judgeText: JudgeText, text: string, place: TextPlace, userId: string): Promise<void> {
  if (await judgeText(text, place, userId) === 'blocked')
    throw TextBlocked()
}
