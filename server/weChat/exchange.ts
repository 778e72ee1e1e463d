/** One question and WeChat's answer to it: JSON, which may be a refusal, or a picture. */
import type { Buffer } from 'node:buffer'
import * as v from 'valibot'
import { readBounded } from '../http/readBounded'
import { jsonIn } from '../jsonIn'
import { NoAnswer, refusal } from './WeChatError'

export type Fetch = typeof globalThis.fetch

export interface Question {
  readonly method: 'GET' | 'POST'
  /** Names the door in errors too; what follows `?` never gets into them. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: Readonly<Record<string, unknown>>
}

export interface ExchangeOptions {
  readonly fetch: Fetch
  /** Of WeChat's API, without a path. */
  readonly apiUrl: string
  readonly signal: AbortSignal
  /** Taken out of whatever WeChat says about a refusal. */
  readonly secrets: readonly string[]
}

/** The longest is a list of templates; a code has less than 200 KB. */
const ANSWER_MAX_BYTES = 2 * 1024 * 1024
const REASON_MAX_LENGTH = 200

/** Present with 0, or absent, where all is well. */
const Refusal = v.object({ errcode: v.optional(v.number(), 0), errmsg: v.optional(v.string(), '') })

/** @throws WeChatError */
export async function exchange({ method, path, query, body }: Question, options: ExchangeOptions): Promise<unknown> {
  const bytes = await ask(`${options.apiUrl}${path}${query ? `?${new URLSearchParams(query)}` : ''}`, path, { method, body: body && JSON.stringify(body) }, options)
  // Some doors call their JSON text/plain, and a picture may be a JPEG or a PNG: the first byte decides.
  if (bytes[0] !== 0x7B)
    return bytes
  const answer = jsonIn(bytes.toString())
  const refused = v.safeParse(Refusal, answer)
  if (!refused.success)
    throw NoAnswer(path, 'the answer is none of WeChat\'s')
  const { errcode, errmsg } = refused.output
  if (errcode !== 0)
    throw refusal(path, errcode, harmless(errmsg, options.secrets))
  return answer
}

async function ask(url: string, path: string, init: { method: string, body?: string }, { fetch, signal }: ExchangeOptions): Promise<Buffer> {
  try {
    const response = await fetch(url, { ...init, signal, redirect: 'error', headers: init.body === undefined ? {} : { 'content-type': 'application/json' } })
    const bytes = await readBounded(response, ANSWER_MAX_BYTES)
    if (response.ok)
      return bytes
    throw NoAnswer(path, `HTTP ${response.status}`)
  }
  catch (error) {
    // What fetch says may hold the address, and the address a secret: only the name of the cause is passed on.
    throw error instanceof Error && error.name === 'WeChatError' ? error : NoAnswer(path, `no answer (${nameOf(error)})`)
  }
}

function harmless(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), text).slice(0, REASON_MAX_LENGTH)
}

function nameOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error))
    return 'unknown'
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
}
