/** One question to the account system: with bounded patience, and only so much of an answer. */
import type { Clock } from '../../clock'
import { CloudUnavailable } from '../../errors'
import { readBounded } from '../../http/readBounded'
import { within } from '../../within'

/** With the second that the judgement of a nickname may take, people are answered within three. */
export const ACCOUNT_TIMEOUT_MS = 1900
/** A set of keys has a few KB. */
export const ANSWER_MAX_BYTES = 128 * 1024

export interface Asking {
  readonly fetch: typeof fetch
  readonly clock: Pick<Clock, 'now' | 'after'>
  /** Never handed a token or a body. */
  readonly log: { warn: (fields: object, message: string) => void }
}

export interface Answer {
  readonly status: number
  readonly text: string
}

/** Follows nobody anywhere: what is asked holds tokens. @throws CloudUnavailable */
export function ask(url: string, init: Pick<RequestInit, 'method' | 'headers' | 'body'>, { fetch, clock, log }: Asking): Promise<Answer> {
  return within(clock, ACCOUNT_TIMEOUT_MS, async (signal) => {
    try {
      const response = await fetch(url, { ...init, redirect: 'error', signal })
      return { status: response.status, text: String(await readBounded(response, ANSWER_MAX_BYTES)) }
    }
    catch (error) {
      log.warn({ reason: signal.aborted ? 'timeout' : nameOf(error) }, 'the account system did not answer')
      throw unavailable()
    }
  })
}

export const unavailable = () => CloudUnavailable('The account system')

/** Not the message: it may hold the address. */
function nameOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } }
  return typeof cause?.code === 'string' ? cause.code : error instanceof Error ? error.name : 'unknown'
}
