/**
 * What the cloud tells the application's own server, signed: Sign = sha256(token + RequestTime).
 * https://cloud.tencent.com/document/product/269/1522, commands in 1523 to 2570.
 */
import type { Json } from './wire'
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { seconds } from './wire'

/** What comes too late is taken for consent. */
const TIMEOUT_MS = 2000

export interface CallbackSettings {
  readonly url: string
  readonly token: string
}

/** Where a person acted from. */
export interface Origin {
  readonly platform: string
  readonly ip: string
}

export const BY_REST: Origin = { platform: 'RESTAPI', ip: '127.0.0.1' }

const Answer = v.object({
  ActionStatus: v.picklist(['OK', 'FAIL']),
  ErrorInfo: v.optional(v.string()),
  ErrorCode: v.number(),
  MsgBody: v.optional(v.array(v.object({ MsgType: v.string(), MsgContent: v.record(v.string(), v.unknown()) }))),
  CloudCustomData: v.optional(v.string()),
})
export type CallbackAnswer = v.InferOutput<typeof Answer>

export interface SentCallback {
  readonly command: string
  readonly body: Json
  /** What was answered; undefined: nothing that could be read. */
  readonly answer: CallbackAnswer | undefined
}

export function createCallbacks(settings: () => CallbackSettings | undefined, sdkAppId: number, now: () => number) {
  const sent: SentCallback[] = []
  async function send(command: string, body: Json, origin: Origin): Promise<CallbackAnswer | undefined> {
    const to = settings()
    if (!to)
      return undefined
    const full = { CallbackCommand: command, ...body, EventTime: now() }
    const answer = await post(callbackUrl(to, sdkAppId, command, origin, now()), full)
    sent.push({ command, body: full, answer })
    return answer
  }
  return { send, /** In order of their answers. */ sent }
}

export function callbackUrl({ url, token }: CallbackSettings, sdkAppId: number, command: string, origin: Origin, now: number): string {
  const requestTime = String(seconds(now))
  const query = new URLSearchParams({
    SdkAppid: String(sdkAppId),
    CallbackCommand: command,
    contenttype: 'json',
    ClientIP: origin.ip,
    OptPlatform: origin.platform,
    Sign: createHash('sha256').update(token + requestTime).digest('hex'),
    RequestTime: requestTime,
  })
  return `${url}?${query}`
}

async function post(url: string, body: Json): Promise<CallbackAnswer | undefined> {
  try {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.timeout(TIMEOUT_MS) })
    const answer = v.safeParse(Answer, await response.json())
    return response.ok && answer.success ? answer.output : undefined
  }
  catch {
    return undefined // unreachable, late, or not JSON: as if nobody listened
  }
}
