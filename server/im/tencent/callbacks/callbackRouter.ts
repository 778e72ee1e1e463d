/** POST /callbacks/im: where Tencent IM tells what happens in it, and asks about what people are about to say. */
import type { ChatLog } from '../../../chat/log'
import type { Clock } from '../../../clock'
import type { CallbackEvents } from './callbackEvents'
import type { Verdict } from './judgeMessage'
import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import express, { Router } from 'express'
import * as v from 'valibot'
import { MESSAGE_REFUSALS } from '../../../../shared/protocol/tencentIm'
import { BadRequest, Forbidden } from '../../../errors'
import { ReplayMemory } from '../../../http/ReplayMemory'
import { CALLBACK_BODY_MAX, CALLBACK_WINDOW_MS, CALLBACKS_REMEMBERED } from '../limits'
import { Callback } from './callbackBodies'
import { isCallbackSigned } from './callbackSignature'
import { FINE } from './judgeMessage'

export interface CallbackRouterOptions {
  readonly sdkAppId: number
  /** The one that the console shows beside the address of the callbacks. */
  readonly token: string
  readonly events: CallbackEvents
  readonly clock: Pick<Clock, 'now'>
  readonly log: ChatLog
}

const Json = v.pipe(v.string(), v.parseJson(), v.looseObject({ CallbackCommand: v.string() }))

export function createCallbackRouter({ sdkAppId, token, events, clock, log }: CallbackRouterOptions): Router {
  const router = Router()
  const body = express.raw({ type: () => true, limit: CALLBACK_BODY_MAX })
  const memory = new ReplayMemory(2 * CALLBACK_WINDOW_MS, CALLBACKS_REMEMBERED)

  function refuse(reason: string): never {
    log.warn({ reason }, 'a callback of Tencent IM was refused')
    throw Forbidden('This callback is not signed by Tencent IM for this application, or has been taken before.')
  }

  router.post('/callbacks/im', (request, _response, next) => {
    if (request.query.SdkAppid !== String(sdkAppId))
      refuse('another application')
    if (!isCallbackSigned(token, request.query, clock.now()))
      refuse('the signature is wrong, or old')
    next()
  }, body, async (request, response) => {
    if (!Buffer.isBuffer(request.body))
      throw BadRequest('A callback has a body.')
    const json = v.safeParse(Json, request.body.toString())
    if (!json.success)
      throw BadRequest('The body of a callback is JSON that names its command.')
    // The signature covers the time alone: the same bytes again, while it is good, are a replay.
    if (memory.isReplay(createHash('sha256').update(request.body).digest('base64'), clock.now()))
      refuse('taken before')
    response.json(answer(await meaning(json.output)))
  })

  /** A message that cannot be understood is not let through; anything else that cannot be is passed over. */
  async function meaning(input: v.InferOutput<typeof Json>): Promise<Verdict> {
    const callback = v.safeParse(Callback, input)
    if (callback.success)
      return events(callback.output)
    return input.CallbackCommand === 'Group.CallbackBeforeSendMsg' ? { type: 'refused', code: 'FORBIDDEN' } : FINE
  }

  return router
}

/** ErrorCode 2: dropped, and the sender sees it sent. Messages between two people cannot be refused with the codes of groups. */
const SWALLOWED = 2

function answer(verdict: Verdict): object {
  switch (verdict.type) {
    case 'fine': return { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0, ...(verdict.cloudCustomData !== undefined && { CloudCustomData: verdict.cloudCustomData }) }
    case 'refused': return { ActionStatus: 'OK', ErrorInfo: verdict.code, ErrorCode: MESSAGE_REFUSALS[verdict.code] }
    case 'swallowed': return { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: SWALLOWED }
  }
}
