import type { Session } from '../../shared/protocol/rest'
import type { JudgeText } from '../moderation/createTextJudge'
import type { Sessions } from './sessions'

/** What WeChat itself calls people who have chosen no name. */
export const NAMELESS = '微信用户'

/**
 * A name can be judged by WeChat only once we know whose it is. Nobody is kept out for a bad one: they are called like who
 * has none.
 */
export async function withFineName(session: Session, given: string, { sessions, judgeText }: { sessions: Pick<Sessions, 'update'>, judgeText: JudgeText }): Promise<Session> {
  if (session.user.nickname !== given || given === NAMELESS || await judgeText(given, 'nickname', session.user.id) === 'fine')
    return session
  return sessions.update(session.user, { nickname: NAMELESS })
}
