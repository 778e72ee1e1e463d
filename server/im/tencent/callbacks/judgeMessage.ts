/** Whether somebody may say this in a room, and what others are told about who says it. */
import type { User } from '../../../../shared/protocol/rest'
import type { MESSAGE_REFUSALS, OldSpeech } from '../../../../shared/protocol/tencentIm'
import type { JudgeText } from '../../../moderation/createTextJudge'
import type { ImAddresses } from '../../ImAddresses'
import type { RawMessage } from '../oldDialect/elements'
import type { TencentRoom } from '../TencentRoom'
import { cleanText, textProblem } from '../../../../shared/domain/chatText'
import { AppError } from '../../../errors'
import { textIn } from '../oldDialect/elements'
import { readOldSpeech } from '../oldDialect/oldSpeech'

export type Verdict
  = | { readonly type: 'fine', readonly cloudCustomData?: string }
    | { readonly type: 'refused', readonly code: keyof typeof MESSAGE_REFUSALS }
  /** Who has sent it is told that it has arrived. */
    | { readonly type: 'swallowed' }

export const FINE: Verdict = { type: 'fine' }
const refused = (code: keyof typeof MESSAGE_REFUSALS): Verdict => ({ type: 'refused', code })

export type JudgeMessage = (room: TencentRoom, account: string, message: RawMessage) => Promise<Verdict>

export interface JudgeMessageOptions {
  readonly addresses: Pick<ImAddresses, 'userAt' | 'isOldClient'>
  readonly judgeText: JudgeText
  /** A UserSig outlives the account that it was signed for. */
  readonly findUser: (userId: string) => Promise<User | undefined>
}

export function createMessageJudge({ addresses, judgeText, findUser }: JudgeMessageOptions): JudgeMessage {
  return async (room, account, message) => {
    const userId = addresses.userAt(account)
    if (userId === undefined)
      return refused('FORBIDDEN')
    const isOld = addresses.isOldClient(userId)
    const speech = isOld ? readOldSpeech(message) : readSpeech(message)
    if (!speech)
      return refused('FORBIDDEN') // it could pass for news of the room
    try {
      room.hear(userId)
    }
    catch (error) {
      return refused(codeOf(error))
    }
    const user = await findUser(userId)
    if (!user)
      return refused('FORBIDDEN')
    const judgements = await Promise.all(speech.texts.map(text => judgeText(text, 'chat', userId)))
    if (judgements.includes('blocked'))
      return refused('TEXT_BLOCKED')
    if (!isOld)
      return FINE
    return { type: 'fine', cloudCustomData: speech.isChat ? introduce(user, message, speech.texts[0]) : NOTHING_BESIDE }
  }
}

/** Text and nothing else. */
function readSpeech(message: RawMessage): ReturnType<typeof readOldSpeech> {
  const text = message.every(({ MsgType }) => MsgType === 'TIMTextElem') ? cleanText(textIn(message) ?? '') : ''
  return textProblem(text) ? undefined : { texts: [text], isChat: true }
}

/** In the place of whatever the sender has put there: our app believes it of an old client's message. */
const NOTHING_BESIDE = '{}'

/** The app knows nobody by such an account: this says whom it shows, and whom the anchor would silence. */
function introduce({ id, nickname, avatar }: User, [first]: RawMessage, text: string): string {
  return JSON.stringify({ sender: { id, nickname, avatar }, ...(first.MsgType !== 'TIMTextElem' && { text }) } satisfies OldSpeech)
}

function codeOf(error: unknown): keyof typeof MESSAGE_REFUSALS {
  if (!(error instanceof AppError))
    throw error
  return error.code === 'SILENCED' || error.code === 'REMOVED' ? error.code : 'FORBIDDEN'
}
