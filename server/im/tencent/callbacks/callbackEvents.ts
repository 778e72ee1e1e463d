/** What a callback means, once it is known to be the cloud's own. */
import type { Clock } from '../../../clock'
import type { ImAddresses } from '../../ImAddresses'
import type { OldSignals } from '../oldDialect/oldSignals'
import type { TencentRoom } from '../TencentRoom'
import type { Callback } from './callbackBodies'
import type { JudgeMessage, Verdict } from './judgeMessage'
import { textIn } from '../oldDialect/elements'
import { FINE } from './judgeMessage'

export type CallbackEvents = (callback: Callback) => Promise<Verdict>

export interface CallbackEventsOptions {
  readonly rooms: ReadonlyMap<string, TencentRoom>
  readonly addresses: Pick<ImAddresses, 'userAt' | 'roomAt'>
  /** Who speaks for the server. */
  readonly admin: string
  readonly judgeMessage: JudgeMessage
  readonly oldSignals: OldSignals
  readonly clock: Pick<Clock, 'now'>
  readonly onSaid: (roomId: string) => void
  readonly onRefused: () => void
}

export function createCallbackEvents({ rooms, addresses, admin, judgeMessage, oldSignals, clock, onSaid, onRefused }: CallbackEventsOptions): CallbackEvents {
  const roomIn = (group: string) => rooms.get(addresses.roomAt(group) ?? group)

  /** One connection of theirs, and nobody says which: of several windows the beats tell, or the group. */
  function disconnected(userId: string): void {
    const windows = [...rooms.values()].reduce((sum, { visits }) => sum + visits.countOf(userId), 0)
    if (windows === 1)
      rooms.forEach(({ visits }) => visits.drop(userId, clock.now()))
  }

  return async (callback) => {
    switch (callback.CallbackCommand) {
      case 'Group.CallbackBeforeSendMsg': {
        const room = roomIn(callback.GroupId)
        if (callback.From_Account === admin || !room)
          return FINE // a group that is none of ours is none of our business
        const verdict = await judgeMessage(room, callback.From_Account, callback.MsgBody)
        if (verdict.type === 'refused')
          onRefused()
        return verdict
      }
      case 'C2C.CallbackBeforeSendMsg': {
        const { From_Account: from, To_Account: to, MsgSeq, MsgRandom, MsgBody: elements } = callback
        return await oldSignals({ from, to, id: `${MsgSeq}-${MsgRandom}`, elements }) ? { type: 'swallowed' } : FINE
      }
      case 'Group.CallbackAfterSendMsg': {
        const room = roomIn(callback.GroupId)
        if (callback.From_Account !== admin && room?.hasEnded === false && textIn(callback.MsgBody) !== undefined)
          onSaid(room.roomId)
        return FINE
      }
      case 'Group.CallbackOnMemberStateChange': {
        const visits = roomIn(callback.GroupId)?.visits
        for (const userId of callback.MemberList.flatMap(({ Member_Account: account }) => addresses.userAt(account) ?? [])) {
          if (callback.EventType === 'Offline')
            visits?.drop(userId, clock.now())
          else
            visits?.revive(userId, clock.now())
        }
        return FINE
      }
      case 'State.StateChange': {
        const userId = addresses.userAt(callback.Info.To_Account)
        if (userId !== undefined && ['Logout', 'Disconnect'].includes(callback.Info.Action))
          disconnected(userId)
        return FINE
      }
    }
  }
}
