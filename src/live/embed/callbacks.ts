/** The old module answered by callbacks; a promise answers all the same. */
import type { LiveRoomError } from './LiveRoomError'

export interface Callbacks<Answer> {
  readonly success?: (answer: Answer) => void
  readonly fail?: (error: LiveRoomError) => void
}

/** With a `fail` that hears of a failure, nobody else has to catch it. */
export function answering<Answer>(promise: Promise<Answer>, { fail, success }: Callbacks<Answer>): Promise<Answer> {
  if (fail) {
    promise.then(success, fail)
    return promise
  }
  return promise.then((answer) => {
    success?.(answer)
    return answer
  })
}
