/** One question to the REST API of Tencent IM, and its answer. https://cloud.tencent.com/document/product/269/1519 */
import type { RandomBytes } from '../../../shared/domain/ids'
import type { Clock } from '../../clock'
import type { TencentImSettings } from '../../settings'
import { Buffer } from 'node:buffer'
import * as v from 'valibot'
import { readBounded } from '../../http/readBounded'
import { within } from '../../within'
import { TencentImError } from './TencentImError'

export interface ImRestOptions {
  readonly settings: Pick<TencentImSettings, 'apiUrl' | 'sdkAppId' | 'admin'>
  readonly adminSig: () => string
  readonly clock: Pick<Clock, 'after'>
  readonly randomBytes: RandomBytes
  readonly fetch: typeof fetch
}

/**
 * @param command `<service>/<command>`, as in the path
 * @throws TencentImError, at the latest after `timeoutMs`
 */
export type ImRest = (command: string, body: object, timeoutMs: number) => Promise<Record<string, unknown>>

/** Those of the commands that are used here have less than one. */
const ANSWER_MAX_BYTES = 64 * 1024

/** Whatever else goes wrong, the HTTP status is 200, and the body says it. */
const Answer = v.looseObject({ ActionStatus: v.string(), ErrorCode: v.number(), ErrorInfo: v.optional(v.string(), '') })

export function createImRest({ settings, adminSig, clock, randomBytes, fetch }: ImRestOptions): ImRest {
  return async (command, body, timeoutMs) => {
    const query = new URLSearchParams({
      sdkappid: String(settings.sdkAppId),
      identifier: settings.admin,
      usersig: adminSig(),
      random: String(random32(randomBytes)),
      contenttype: 'json',
    })
    return within(clock, timeoutMs, async (signal) => {
      try {
        const response = await fetch(`${settings.apiUrl}/v4/${command}?${query}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
          redirect: 'error', // a UserSig is for one host
          signal,
        })
        return read(command, response.status, String(await readBounded(response, ANSWER_MAX_BYTES)))
      }
      catch (error) {
        // What fetch says holds the address, and that the UserSig.
        throw error instanceof TencentImError ? error : new TencentImError(command, undefined, signal.aborted ? `within ${timeoutMs} ms` : 'the connection failed')
      }
    })
  }
}

/** For the URL, and to tell one message from another. */
export const random32 = (randomBytes: RandomBytes): number => Buffer.from(randomBytes(4)).readUInt32BE()

function read(command: string, status: number, text: string): Record<string, unknown> {
  const answer = v.safeParse(v.pipe(v.string(), v.parseJson(), Answer), text)
  if (status !== 200 || !answer.success)
    throw new TencentImError(command, undefined, `status ${status}`)
  const { ErrorCode, ErrorInfo } = answer.output
  if (ErrorCode !== 0)
    throw new TencentImError(command, ErrorCode, ErrorInfo.slice(0, 200))
  return answer.output
}
