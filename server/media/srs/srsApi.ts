/** The HTTP API of SRS 5 and 6: https://ossrs.net/lts/en-us/docs/v6/doc/http-api. It has no password: keep it in the inner network. */
import type { Clock } from '../../clock'
import * as v from 'valibot'
import { STREAM_ID } from '../../../shared/domain/ids'
import { CloudUnavailable } from '../../errors'
import { readBounded } from '../../http/readBounded'
import { within } from '../../within'
import { SRS_APP } from './srsUrls'

/** Of one question, however many pages its answer has: nobody who waits for a page of ours waits longer for SRS. */
export const API_TIMEOUT_MS = 2000
const PAGE = 100
const PAGES_MAX = 50
/** A page has about 100 KB. */
const ANSWER_MAX_BYTES = 2 * 1024 * 1024

const Answer = v.object({ code: v.number() })
const Page = v.object({
  code: v.literal(0),
  streams: v.array(v.object({
    name: v.string(),
    app: v.string(),
    /** After the end the stream stays listed, inactive, with the publisher it had. */
    publish: v.object({ active: v.boolean(), cid: v.optional(v.string()) }),
  })),
})

export interface SrsApi {
  /** Our streams that are published now: stream id → client id of the publisher. @throws CloudUnavailable */
  publishing: () => Promise<ReadonlyMap<string, string>>
  /** Hangs up on a client; false: SRS knows none of that id. @throws CloudUnavailable */
  kick: (clientId: string) => Promise<boolean>
  /** Calls that are under way fail. */
  close: () => void
}

export interface SrsApiOptions {
  /** Origin without a trailing slash. */
  readonly url: string
  readonly clock: Clock
  readonly fetch?: typeof fetch
}

export function createSrsApi({ url, clock, fetch = globalThis.fetch }: SrsApiOptions): SrsApi {
  const closing = new AbortController()

  /** @throws CloudUnavailable */
  async function inTime<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    try {
      return await within(clock, API_TIMEOUT_MS, signal => work(AbortSignal.any([signal, closing.signal])))
    }
    catch (error) {
      throw Object.assign(CloudUnavailable('SRS'), { cause: error })
    }
  }

  async function call<Schema extends v.GenericSchema>(schema: Schema, signal: AbortSignal, path: string, method = 'GET'): Promise<v.InferOutput<Schema>> {
    const response = await fetch(url + path, { method, redirect: 'error', signal })
    return v.parse(schema, JSON.parse(String(await readBounded(response, ANSWER_MAX_BYTES))))
  }

  return {
    publishing: () => inTime(async (signal) => {
      const found = new Map<string, string>()
      for (let page = 0; page < PAGES_MAX; page++) {
        const { streams } = await call(Page, signal, `/api/v1/streams/?start=${page * PAGE}&count=${PAGE}`)
        for (const { name, app, publish: { active, cid } } of streams) {
          if (app === SRS_APP && STREAM_ID.test(name) && active && cid !== undefined)
            found.set(name, cid)
        }
        if (streams.length < PAGE)
          break
      }
      return found
    }),
    kick: clientId => inTime(async signal => (await call(Answer, signal, `/api/v1/clients/${encodeURIComponent(clientId)}`, 'DELETE')).code === 0),
    close: () => closing.abort(),
  }
}
