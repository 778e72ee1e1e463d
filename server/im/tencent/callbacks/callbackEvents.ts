/** What a callback means, once it is known to be the cloud's own. */
import type { MESSAGE_REFUSALS } from '../../../../shared/protocol/tencentIm'
import type { Clock } from '../../../clock'
import type { JudgeText } from '../../../moderation/createTextJudge'
import type { TencentRoom } from '../TencentRoom'
import type { Callback, MessageElement } from './callbackBodies'
import { cleanText, textProblem } from '../../../../shared/domain/chatText'
import { AppError } from '../../../errors'

/** Undefined: let it be. */
export type Refusal = keyof typeof MESSAGE_REFUSALS | undefined

export type CallbackEvents = (callback: Callback) => Promise<Refusal>

export interface CallbackEventsOptions {
  readonly rooms: ReadonlyMap<string, TencentRoom>
  /** Who speaks for the server. */
  readonly admin: string
  readonly judgeText: JudgeText
  /** A UserSig outlives the account that it was signed for. */
  readonly hasAccount: (userId: string) => Promise<boolean>
  readonly clock: Pick<Clock, 'now'>
  readonly onSaid: (roomId: string) => void
  readonly onRefused: () => void
}

type Said = Extract<Callback, { readonly CallbackCommand: 'Group.CallbackBeforeSendMsg' | 'Group.CallbackAfterSendMsg' }>

export function createCallbackEvents({ rooms, admin, judgeText, hasAccount, clock, onSaid, onRefused }: CallbackEventsOptions): CallbackEvents {
  async function judge({ GroupId, From_Account: from, MsgBody }: Said): Promise<Refusal> {
    const room = rooms.get(GroupId)
    if (from === admin || !room)
      return undefined // a group that is none of ours is none of our business
    const text = textOf(MsgBody)
    if (text === undefined || textProblem(text))
      return 'FORBIDDEN' // anything but text could pass for news of the room
    try {
      room.hear(from)
    }
    catch (error) {
      return refusalOf(error)
    }
    if (!await hasAccount(from))
      return 'FORBIDDEN'
    return await judgeText(text, 'chat', from) === 'blocked' ? 'TEXT_BLOCKED' : undefined
  }

  /** One connection of theirs, and nobody says which: of several windows the beats tell, or the group. */
  function disconnected(userId: string): void {
    const windows = [...rooms.values()].reduce((sum, { visits }) => sum + visits.countOf(userId), 0)
    if (windows === 1)
      rooms.forEach(({ visits }) => visits.drop(userId, clock.now()))
  }

  return async (callback) => {
    switch (callback.CallbackCommand) {
      case 'Group.CallbackBeforeSendMsg': {
        const refusal = await judge(callback)
        if (refusal)
          onRefused()
        return refusal
      }
      case 'Group.CallbackAfterSendMsg':
        if (callback.From_Account !== admin && rooms.get(callback.GroupId)?.hasEnded === false)
          onSaid(callback.GroupId)
        return undefined
      case 'Group.CallbackOnMemberStateChange':
        for (const { Member_Account: userId } of callback.MemberList) {
          if (callback.EventType === 'Offline')
            rooms.get(callback.GroupId)?.visits.drop(userId, clock.now())
          else
            rooms.get(callback.GroupId)?.visits.revive(userId, clock.now())
        }
        return undefined
      case 'State.StateChange':
        if (['Logout', 'Disconnect'].includes(callback.Info.Action))
          disconnected(callback.Info.To_Account)
        return undefined
    }
  }
}

/** Undefined when there is anything else in it. */
function textOf(elements: readonly MessageElement[]): string | undefined {
  const texts = elements.map(({ MsgType, MsgContent }) => MsgType === 'TIMTextElem' && typeof MsgContent.Text === 'string' ? MsgContent.Text : undefined)
  return texts.includes(undefined) ? undefined : cleanText(texts.join(''))
}

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof AppError))
    throw error
  return error.code === 'SILENCED' || error.code === 'REMOVED' ? error.code : 'FORBIDDEN'
}
