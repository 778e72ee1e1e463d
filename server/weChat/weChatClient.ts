/** Asks WeChat's API: in time, with an access token that holds, a second time where that does no harm, and with typed answers. */
import type { GenericSchema, InferOutput } from 'valibot'
import type { Clock } from '../clock'
import type { WeChatSettings } from '../settings'
import type { Fetch, Question } from './exchange'
import { Buffer } from 'node:buffer'
import * as v from 'valibot'
import { createAccessToken } from './accessToken'
import { exchange } from './exchange'
import { patiently } from './patiently'
import { NoAnswer, WeChatError } from './WeChatError'

const TOKEN_TIMEOUT_MS = 5000
/** WeChat promises 300 s to 7200 s. */
const StableToken = v.object({ access_token: v.pipe(v.string(), v.minLength(1), v.maxLength(2048)), expires_in: v.pipe(v.number(), v.minValue(1), v.maxValue(7 * 24 * 3600)) })

export interface Call extends Question {
  /** For everything: the access token, a second try, and the answer. */
  readonly timeoutMs: number
  /** Asking twice is as good as asking once. Without it, it is done only when WeChat itself said that it did nothing. */
  readonly isRepeatable: boolean
}

export interface WeChatClient {
  /** Without an access token. @throws WeChatError */
  askOpenly: <Schema extends GenericSchema>(call: Call, schema: Schema) => Promise<InferOutput<Schema>>
  /** @throws WeChatError */
  ask: <Schema extends GenericSchema>(call: Call, schema: Schema) => Promise<InferOutput<Schema>>
  /** @throws WeChatError */
  askForPicture: (call: Call) => Promise<Buffer>
}

export interface WeChatClientOptions {
  readonly settings: Pick<WeChatSettings, 'appId' | 'secret' | 'apiUrl'>
  readonly fetch: Fetch
  readonly clock: Pick<Clock, 'now' | 'after'>
}

export function createWeChatClient({ settings: { appId, secret, apiUrl }, fetch, clock }: WeChatClientOptions): WeChatClient {
  const token = createAccessToken({
    clock,
    async ask() {
      const call: Call = { method: 'POST', path: '/cgi-bin/stable_token', body: { grant_type: 'client_credential', appid: appId, secret }, timeoutMs: TOKEN_TIMEOUT_MS, isRepeatable: true }
      const answer = typed(call, StableToken, await inTime(call, signal => send(call, signal)))
      return { accessToken: answer.access_token, lifetimeMs: answer.expires_in * 1000 }
    },
  })

  const send = (question: Question, signal: AbortSignal, secrets: readonly string[] = []) => exchange(question, { fetch, apiUrl, signal, secrets: [secret, ...secrets] })

  function inTime<Answer>({ path, timeoutMs, isRepeatable }: Call, work: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
    return patiently({
      clock,
      timeoutMs,
      tooLate: () => NoAnswer(path, `no answer in ${timeoutMs} ms`),
      mayRepeat: error => error instanceof WeChatError && error.trouble === 'busy' && (isRepeatable || error.errcode === -1),
    }, work)
  }

  /** A token that WeChat takes no longer, whatever it promised, is renewed once. */
  async function sendWithToken(question: Question, signal: AbortSignal, canRenew = true): Promise<unknown> {
    const accessToken = await token.get()
    try {
      return await send({ ...question, query: { ...question.query, access_token: accessToken } }, signal, [accessToken])
    }
    catch (error) {
      if (!canRenew || !(error instanceof WeChatError) || error.trouble !== 'token')
        throw error
    }
    token.discard(accessToken)
    return sendWithToken(question, signal, false)
  }

  return {
    askOpenly: async (call, schema) => typed(call, schema, await inTime(call, signal => send(call, signal))),
    ask: async (call, schema) => typed(call, schema, await inTime(call, signal => sendWithToken(call, signal))),
    async askForPicture(call) {
      const answer = await inTime(call, signal => sendWithToken(call, signal))
      if (!Buffer.isBuffer(answer))
        throw NoAnswer(call.path, 'the answer is no picture')
      return answer
    },
  }
}

function typed<Schema extends GenericSchema>({ path }: Call, schema: Schema, answer: unknown): InferOutput<Schema> {
  const parsed = v.safeParse(schema, answer)
  if (!parsed.success)
    throw NoAnswer(path, 'the answer is none of WeChat\'s')
  return parsed.output
}
