/**
 * What old clients say in a group: a text; a text beside a custom element that says who they are (CustomTextMsg); something
 * of their application's own, a like or a gift, with or without a text (CustomCmdMsg); that anchors have come or gone.
 */
import type { RawMessage } from './elements'
import * as v from 'valibot'
import { cleanText, textProblem } from '../../../../shared/domain/chatText'
import { customDataIn, textIn } from './elements'

export interface Speech {
  /** Everything in it that people may be shown. */
  readonly texts: readonly string[]
  /** A line of the chat. */
  readonly isChat: boolean
}

const shown = v.optional(v.string(), '')
const OldCustom = v.variant('cmd', [
  v.object({ cmd: v.literal('CustomTextMsg'), data: v.object({ nickName: shown }) }),
  v.object({ cmd: v.literal('CustomCmdMsg'), data: v.object({ userName: shown, nickName: shown, msg: shown }) }),
  v.object({ cmd: v.literal('notifyPusherChange') }),
])

const KNOWN = ['TIMTextElem', 'TIMCustomElem']

/** Undefined: nothing of theirs. */
export function readOldSpeech(message: RawMessage): Speech | undefined {
  if (!message.every(({ MsgType }) => KNOWN.includes(MsgType)) || message.filter(({ MsgType }) => MsgType === 'TIMCustomElem').length > 1)
    return undefined
  const said = textIn(message)
  const custom = message.some(({ MsgType }) => MsgType === 'TIMCustomElem') ? v.safeParse(OldCustom, customDataIn(message)[0]) : undefined
  if (!custom)
    return speech([said], true)
  if (!custom.success)
    return undefined
  const { output } = custom
  switch (output.cmd) {
    case 'CustomTextMsg': return said === undefined ? undefined : speech([said, output.data.nickName], true)
    case 'CustomCmdMsg': return speech([output.data.msg, said, output.data.userName, output.data.nickName], false)
    case 'notifyPusherChange': return said === undefined ? { texts: [], isChat: false } : undefined
  }
}

/** Of a line of the chat the first has to be there; of everything else what is there has to be short enough. */
function speech(raw: readonly (string | undefined)[], isChat: boolean): Speech | undefined {
  const all = raw.map(text => cleanText(text ?? ''))
  const isLong = all.some(text => textProblem(text) === 'TEXT_TOO_LONG')
  const isEmpty = isChat && textProblem(all[0]) !== undefined
  return isLong || isEmpty ? undefined : { texts: all.filter(text => text !== ''), isChat }
}
