/** Calls of Tencent Cloud's API 3.0: one POST for each action, signed, with a bounded patience. */
import type { Clock } from '../clock'
import * as v from 'valibot'
import { CloudUnavailable } from '../errors'
import { readBounded } from '../http/readBounded'
import { within } from '../within'
import { createPace } from './pace'
import { signTc3 } from './tc3'
import { TencentApiError } from './TencentApiError'

/** Of one try. */
const TRY_MS = 2000
/** Of a call with all its tries: whoever waits for a page has an answer within three seconds. */
export const PATIENCE_MS = 2500
const FIRST_WAIT_MS = 200
/** Of one action: 50 a second, half of the lowest limit that the actions used here have. */
const GAP_MS = 20
/** The longest is a page of streams, with less than 50 KB. */
const ANSWER_MAX_BYTES = 1024 * 1024
const CONTENT_TYPE = 'application/json; charset=utf-8'

const Answer = v.object({
  Response: v.looseObject({
    RequestId: v.optional(v.string(), 'unknown'),
    Error: v.optional(v.object({ Code: v.string(), Message: v.string() })),
  }),
})

export interface TencentApiOptions {
  readonly secretId: string
  readonly secretKey: string
  /** Origin without a trailing slash: `https://live.tencentcloudapi.com`. */
  readonly url: string
  /** `live` */
  readonly service: string
  /** `2018-08-01` */
  readonly version: string
  /** For people: what is said to be unavailable. */
  readonly title: string
  readonly fetch?: typeof fetch
  readonly clock: Clock
}

export interface TencentApi {
  /**
   * What stands in the answer's `Response`. Tried again with growing waits while that may help, and not longer than `patienceMs`.
   *
   * @throws TencentApiError what the cloud refused; CloudUnavailable when it did not answer, or not yet
   */
  call: (action: string, parameters: object, patienceMs?: number) => Promise<unknown>
}

export function createTencentApi({ secretId, secretKey, url, service, version, title, fetch = globalThis.fetch, clock }: TencentApiOptions): TencentApi {
  const host = new URL(url).host
  const pace = createPace(clock, GAP_MS)

  function request(action: string, payload: string, timeoutMs: number): Promise<unknown> {
    const timestamp = Math.floor(clock.now() / 1000)
    const signed = { 'content-type': CONTENT_TYPE, host, 'x-tc-action': action }
    return within(clock, timeoutMs, async (signal) => {
      const response = await fetch(`${url}/`, {
        method: 'POST',
        headers: {
          'Authorization': signTc3({ secretId, secretKey, service, headers: signed, payload, timestamp }),
          'Content-Type': CONTENT_TYPE,
          'X-TC-Action': action,
          'X-TC-Version': version,
          'X-TC-Timestamp': String(timestamp),
        },
        body: payload,
        redirect: 'error', // a signature is for one host
        signal,
      })
      // The cloud says 200 to everything it understood: what went wrong stands in the body.
      const { Response: { Error: refusal, ...answer } } = v.parse(Answer, JSON.parse(String(await readBounded(response, ANSWER_MAX_BYTES))))
      if (refusal)
        throw new TencentApiError(action, refusal.Code, refusal.Message, answer.RequestId)
      return answer
    })
  }

  return {
    async call(action, parameters, patienceMs = PATIENCE_MS) {
      const payload = JSON.stringify(parameters)
      const deadline = clock.now() + patienceMs
      for (let waitMs = FIRST_WAIT_MS; ; waitMs *= 2) {
        const turn = pace.take(action, deadline - clock.now())
        if (turn === undefined)
          throw CloudUnavailable(title)
        if (turn > 0)
          await pause(clock, turn)
        try {
          return await request(action, payload, Math.min(TRY_MS, deadline - clock.now()))
        }
        catch (error) {
          if (error instanceof TencentApiError && !error.isTransient)
            throw error
          if (clock.now() + waitMs >= deadline)
            throw Object.assign(CloudUnavailable(title), { cause: error })
        }
        await pause(clock, waitMs)
      }
    },
  }
}

const pause = (clock: Clock, ms: number) => new Promise<void>(resolve => void clock.after(ms, resolve))
