/** What a guest's session asks the server: its wishes one by one, how it stands, what is switched on. */
import type { GuestEvent, GuestState, Wish } from './guestState'
import type { ServerTime } from './serverTime'
import type { Timers } from './timers'
import type { LinkMicAnswer } from '@/shared/protocol/rest'
import type { RoomApi } from '@/src/ports/RoomApi'
import { backoffMs } from '@/shared/domain/backoff'
import { failureCode } from './failureCode'
import { COMMAND_BACKOFF, createUntilAnswered } from './untilAnswered'

export interface GuestCallsPorts {
  readonly api: Pick<RoomApi, 'getLinkMic' | 'linkMic'>
  readonly time: Pick<ServerTime, 'observe'>
  readonly timers: Pick<Timers, 'after'>
  /** In [0, 1). */
  readonly random: () => number
  readonly state: () => GuestState
  readonly dispatch: (event: GuestEvent) => void
}

export interface GuestCalls {
  /** Until it is answered, or is no longer the first of the wishes. */
  send: (wish: Wish) => void
  fetchView: () => void
  fetchViewLater: () => void
  /** What is switched on, until the server knows the newest. */
  report: () => void
}

export function createGuestCalls(roomId: string, { api, dispatch, random, state, time, timers }: GuestCallsPorts): GuestCalls {
  const untilAnswered = createUntilAnswered(timers, random)
  let isReporting = false
  let pauses = 0
  let isPausing = false

  function fetchView(): void {
    api.getLinkMic(roomId).then((answer) => {
      pauses = 0
      dispatch({ type: 'fetched', answer: heard(answer) })
    }, (error) => {
      failureCode(error)
      dispatch({ type: 'fetchFailed' })
    })
  }

  function heard(answer: LinkMicAnswer): LinkMicAnswer {
    time.observe(answer.view.at)
    return answer
  }

  function report(): void {
    const { own } = state()
    if (isReporting || own === null)
      return
    isReporting = true
    let told = state().switches
    const finish = () => {
      isReporting = false
      if (state().publication.status !== 'none' && state().switches !== told)
        report()
    }
    untilAnswered({
      call() {
        told = state().switches
        return api.linkMic(roomId, { type: 'report', requestId: own, ...told })
      },
      isWanted: () => state().own === own && state().publication.status !== 'none',
      answered(answer) {
        dispatch({ type: 'view', view: heard(answer).view })
        finish()
      },
      refused: finish,
    })
  }

  return {
    send(wish) {
      const { at: _, ...command } = wish
      untilAnswered({
        call: () => api.linkMic(roomId, command),
        isWanted: () => state().wishes[0] === wish,
        answered: answer => dispatch({ type: 'answered', wish, answer: heard(answer) }),
        refused: code => dispatch({ type: 'refused', wish, code }),
      })
    },
    fetchView,
    fetchViewLater() {
      if (isPausing)
        return
      isPausing = true
      timers.after(backoffMs(COMMAND_BACKOFF, pauses++, random()), () => {
        isPausing = false
        fetchView()
      })
    },
    report,
  }
}
