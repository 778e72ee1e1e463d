/** Tells the page how its person stands with the stage. */
import type { GuestState } from '../sessions/guestState'
import type { Troubles } from './createTroubles'
import type { Tell } from './roomEvent'
import type { Words } from './words'
import type { LinkMicEnd } from '@/shared/domain/linkMic'
import type { TextKey } from '@/src/locales/translate'
import { isSeated } from '@/shared/domain/linkMic'
import { linkOf } from '../sessions/guestState'
import { CODE } from './roomEvent'

/** What ends a request before its picture has come; who takes it back knows it. */
const REFUSALS: Partial<Record<LinkMicEnd, TextKey>> = {
  rejected: 'embed.link.rejected',
  kicked: 'embed.link.rejected',
  expired: 'embed.link.expired',
  closed: 'embed.link.closed',
  noStream: 'embed.link.noStream',
  dropped: 'embed.link.dropped',
}

export function createLinkReports(tell: Tell, troubles: Troubles, { errorText, t }: Words): (state: GuestState) => void {
  /** linkOn was told, and linkOut was not yet. */
  let isLinked = false
  let invitation: string | undefined
  let problem: GuestState['problem'] = null

  return (state) => {
    const { ending } = state
    const link = linkOf(state)
    if (state.problem && state.problem !== problem)
      tell('error', CODE.linkMic, errorText(state.problem))
    problem = state.problem
    if (link.status === 'invited' && link.requestId !== invitation)
      tell('inviteJoinAnchor', CODE.ok, t('embed.invited'))
    invitation = link.status === 'invited' ? link.requestId : undefined
    if (link.status === 'linked' && !isLinked) {
      isLinked = true
      tell('linkOn', CODE.ok)
    }
    if (isLinked && !isSeated(link)) {
      isLinked = false
      troubles.end(CODE.pushLost, CODE.suspended)
      const key = ending ? wordsOfEnd(ending.reason) : undefined
      tell('linkOut', CODE.ok, key && t(key))
      return
    }
    const refusal = ending && REFUSALS[ending.reason]
    if (refusal)
      tell('error', CODE.linkMic, t(refusal))
  }
}

/** Of a seat; who leaves it knows why. */
function wordsOfEnd(reason: LinkMicEnd): TextKey | undefined {
  if (reason === 'left')
    return undefined
  return reason === 'dropped' ? 'embed.link.dropped' : 'embed.link.ended'
}
