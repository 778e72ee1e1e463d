/** Tells what becomes of streams (https://cloud.tencent.com/document/product/267/47025), again and again until somebody answers 200 (267/38080). */
import { createHash } from 'node:crypto'

/** As the cloud has it: twelve times, a minute apart, each with 20 s to answer. */
const RETRIES = 12
const TIMEOUT_MS = 20_000
const VALID_SECONDS = 600

export interface CallbackSenderOptions {
  readonly key: string
  readonly now: () => number
  readonly retryMs: number
  readonly isLosing: () => boolean
}

export interface CallbackSender {
  /** Null: nobody is told, and nothing is kept. */
  sendTo: (url: string | null) => void
  /** Messages are sent each for itself, so they may arrive in another order. */
  send: (message: object) => void
  /** How each try was answered: its HTTP status, or 0. */
  readonly answers: readonly number[]
  close: () => void
}

export function createCallbackSender({ key, now, retryMs, isLosing }: CallbackSenderOptions): CallbackSender {
  const answers: number[] = []
  const timers = new Set<NodeJS.Timeout>()
  let url: string | null = null
  let isClosed = false

  async function attempt(message: object, triesLeft: number): Promise<void> {
    if (url === null || isClosed || isLosing())
      return
    const t = Math.floor(now() / 1000) + VALID_SECONDS
    const sign = createHash('md5').update(`${key}${t}`).digest('hex')
    const status = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...message, t, sign }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).then(response => response.status, () => 0)
    answers.push(status)
    if (status === 200 || triesLeft === 0 || isClosed)
      return
    const timer = setTimeout(() => {
      timers.delete(timer)
      void attempt(message, triesLeft - 1)
    }, retryMs)
    timers.add(timer)
  }

  return {
    sendTo: next => void (url = next),
    send: message => void attempt(message, RETRIES),
    answers,
    close() {
      isClosed = true
      for (const timer of timers)
        clearTimeout(timer)
    },
  }
}
