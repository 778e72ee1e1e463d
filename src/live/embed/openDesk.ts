/** The anchor's dealings with guests: who asks is announced once, and answered. */
import type { DeskState } from '../sessions/deskState'
import type { Account } from './account'
import type { Line } from './openLine'
import type { Tell } from './roomEvent'
import type { Application, StageGuest } from '@/shared/protocol/linkMic'
import type { Room } from '@/shared/protocol/rest'
import { DeskSession } from '../sessions/DeskSession'
import { applicationsOf, guestsOnStage } from '../sessions/deskState'
import { presentPerson } from './account'
import { CODE } from './roomEvent'

export interface Desk {
  readonly guests: () => readonly StageGuest[]
  see: (room: Room) => void
  /** A request that is over is not answered any more. */
  answer: (agree: boolean, userId: string) => void
  kick: (userId: string) => void
  close: () => void
}

/** `changed` is called when other guests are to be seen. */
export function openDesk(roomId: string, { channel, time }: Line, { services, words }: Account, tell: Tell, changed: () => void): Desk {
  const { clock, platform, random, roomApi: api } = services
  const session = new DeskSession({ api, channel, clock, random, time }, roomId)
  const guests = () => guestsOnStage(session.state.value)
  /** A request whose answer was refused stands again, and is not news. */
  const announced = new Set<string>()
  let problem: DeskState['problem'] = null

  function announce(application: Application): void {
    if (announced.has(application.requestId))
      return
    announced.add(application.requestId)
    tell('requestJoinAnchor', CODE.ok, { ...presentPerson(application.user, platform.serverUrl), requestID: application.requestId })
  }

  const stops = [
    session.state.watch((state) => {
      applicationsOf(state).forEach(announce)
      if (state.problem && state.problem !== problem)
        tell('error', CODE.linkMic, words.errorText(state.problem))
      problem = state.problem
      changed()
    }),
    session.start(),
  ]

  return {
    guests,
    see: room => session.see(room),
    answer(agree, userId) {
      const application = applicationsOf(session.state.value).find(({ user }) => user.id === userId)
      if (application)
        session.decide({ type: agree ? 'accept' : 'reject', requestId: application.requestId, userId })
    },
    kick(userId) {
      const guest = guests().find(({ user }) => user.id === userId)
      if (guest)
        session.decide({ type: 'kick', requestId: guest.requestId, userId })
    },
    close: () => stops.forEach(stop => stop()),
  }
}
