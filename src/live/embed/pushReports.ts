/** Tells the page how one's own stream is on its way: what mends itself once, what needs a person as an error. */
import type { MediaProblem, MediaTrouble } from '../components/media'
import type { Feed } from '../sessions/feedMachine'
import type { Troubles } from './createTroubles'
import type { Tell } from './roomEvent'
import type { Words } from './words'
import { CODE, pushCodeOf } from './roomEvent'

export interface PushReports {
  hear: (problem: MediaProblem) => void
  trouble: (trouble: MediaTrouble | null) => void
  /** Answers whether it has given up in a way that a pause may mend. */
  feed: (feed: Feed | undefined) => boolean
}

/** Devices, or another window of the same person: no pause mends them. */
const FOR_A_PERSON: readonly MediaProblem['code'][] = ['CAMERA_DENIED', 'MICROPHONE_DENIED', 'NO_CAMERA', 'NO_MICROPHONE', 'DEVICE_BUSY', 'INSECURE_CONTEXT', 'UNSUPPORTED', 'TAG_UNAVAILABLE', 'PRIVACY_DENIED', 'REPLACED']

export function createPushReports(tell: Tell, troubles: Troubles, { t }: Words): PushReports {
  /** The last that was said of it, with WeChat's own number. */
  let heard: MediaProblem | undefined
  let isDown = false

  const isFinal = (feed: Feed): boolean => feed.status === 'down' && FOR_A_PERSON.includes(feed.problem)

  return {
    hear(problem) {
      heard = problem
      // What is missing does not keep the rest from being sent.
      if (FOR_A_PERSON.includes(problem.code))
        troubles.begin(pushCodeOf(problem), t(`media.${problem.code}`))
    },
    trouble(trouble) {
      if (trouble?.kind === 'paused' && trouble.by !== 'person')
        troubles.begin(CODE.suspended, t('embed.suspended'))
      else
        troubles.end(CODE.suspended)
    },
    feed(feed) {
      const wasDown = isDown
      isDown = feed !== undefined && isFinal(feed)
      if (feed?.status === 'steady')
        troubles.end(CODE.pushLost, CODE.media)
      if (feed === undefined || feed.status === 'connecting' || feed.status === 'steady')
        return false
      if (feed.status === 'down' && isDown) {
        if (!wasDown)
          tell('error', pushCodeOf(heard?.code === feed.problem ? heard : { code: feed.problem }), t(`media.${feed.problem}`))
        return false
      }
      troubles.begin(CODE.pushLost, t('embed.pushing'))
      return feed.status === 'down'
    },
  }
}
