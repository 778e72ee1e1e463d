/** POST /v4/<service>/<command> as the administrator; every answer is 200 with what happened in its body. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { UserSigner } from '../../../../server/auth/userSig'
import type { ImCloud } from '../ImCloud'
import type { Trouble } from '../Trouble'
import type { Json } from '../wire'
import { Buffer } from 'node:buffer'
import { setTimeout as pause } from 'node:timers/promises'
import { ImRefusal } from '../ImRefusal'
import { RateLimit } from '../RateLimit'
import { restCommands } from './restCommands'

const BODY_MAX_BYTES = 65_536
const UINT32_MAX = 0xFFFF_FFFF

export interface RestDoorOptions {
  readonly cloud: ImCloud
  readonly signer: UserSigner
  readonly trouble: Trouble
  readonly now: () => number
  /** Names of what was asked, in order. */
  readonly asked: string[]
}

/** @returns what answers one request */
export function createRestDoor({ cloud, signer, trouble, now, asked }: RestDoorOptions) {
  const rates = new Map<string, RateLimit>()
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://im')
    try {
      const body = await readBody(request)
      if (trouble.delayMs > 0)
        await pause(trouble.delayMs)
      if (trouble.isDown)
        return void request.socket.destroy()
      answer(response, { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0, ...await act(url, request.method, body) })
    }
    catch (error) {
      if (!(error instanceof ImRefusal))
        throw error
      answer(response, { ActionStatus: 'FAIL', ErrorInfo: error.message, ErrorCode: error.code })
    }
  }

  async function act(url: URL, method: string | undefined, text: string): Promise<Json> {
    const name = /^\/v4\/([^/]+\/[^/]+)$/.exec(url.pathname)?.[1] ?? ''
    const run = restCommands[name]
    if (method !== 'POST' || !run)
      throw new ImRefusal(60_009, 'no such command')
    authenticate(url.searchParams)
    asked.push(name)
    const rate = rates.get(name) ?? new RateLimit(now)
    rates.set(name, rate)
    if (!rate.take(trouble.callsPerSecond))
      throw new ImRefusal(60_007, 'too many calls')
    const refusal = trouble.refusals.get(name.split('/')[1])
    if (refusal !== undefined)
      throw new ImRefusal(refusal, 'refused as the test wants it')
    return await run(parsed(text), cloud) ?? {}
  }

  /** https://cloud.tencent.com/document/product/269/1519 */
  function authenticate(query: URLSearchParams): void {
    const random = query.get('random') ?? ''
    if ([...query.keys()].sort().join() !== 'contenttype,identifier,random,sdkappid,usersig' || query.get('contenttype') !== 'json')
      throw new ImRefusal(60_002, 'the query is not sdkappid, identifier, usersig, random and contenttype=json')
    if (!/^\d{1,10}$/.test(random) || Number(random) > UINT32_MAX)
      throw new ImRefusal(60_002, 'random is not an unsigned number of 32 bits')
    if (query.get('sdkappid') !== String(signer.sdkAppId))
      throw new ImRefusal(60_006, 'the sdkappid is not known')
    if (query.get('identifier') !== cloud.admin)
      throw new ImRefusal(60_010, 'not an administrator')
    const verdict = signer.verify(query.get('usersig') ?? '', now())
    if (verdict.status !== 'valid')
      throw new ImRefusal(verdict.status === 'expired' ? 70_001 : 70_003, `the usersig is ${verdict.status}`)
    if (verdict.userId !== cloud.admin)
      throw new ImRefusal(70_013, 'the usersig is of another account')
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_MAX_BYTES)
      throw new ImRefusal(60_002, 'the body is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    throw new ImRefusal(60_003, 'the body is not JSON')
  }
}

function answer(response: ServerResponse, body: Json): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
