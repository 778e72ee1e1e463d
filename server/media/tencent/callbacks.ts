/** POST /callbacks/live: where Cloud Live tells what becomes of streams. Set in its console under 事件中心 → 直播回调. */
import type { Router } from 'express'
import type { Clock } from '../../clock'
import type { CallbackMessage } from './callbackMessage'
import type { MediaLog } from './mediaLog'
import express from 'express'
import * as v from 'valibot'
import { BadRequest, Forbidden, Unavailable } from '../../errors'
import { requestId } from '../../http/requestId'
import { isKnownEvent, CallbackMessage as Message, SignedMessage } from './callbackMessage'
import { verifyCallback } from './callbackSign'

const CALLBACK_PATH = '/callbacks/live'
const BODY_BYTES = 256 * 1024

export interface CallbackOptions {
  readonly key: string
  readonly clock: Pick<Clock, 'now'>
  readonly log: MediaLog
  /** Before rooms listen an answer would lose the message; without one the cloud tells it again, a minute later. */
  readonly isListening: () => boolean
  readonly onMessage: (message: CallbackMessage) => void
}

/** The application's error handler answers the refusals. */
export function callbackRoutes({ key, clock, log, isListening, onMessage }: CallbackOptions): Router {
  const router = express.Router()
  router.post(CALLBACK_PATH, requestId, express.json({ limit: BODY_BYTES, type: () => true }), (request, response) => {
    const signed = v.safeParse(SignedMessage, request.body)
    const refusal = signed.success ? verifyCallback(key, signed.output, clock.now()) : 'unsigned'
    if (!signed.success || refusal) {
      log.warn({ from: request.ip, refusal, requestId: response.locals.requestId }, 'a callback of Cloud Live was refused: is TENCENT_CALLBACK_KEY the key of the callback template?')
      throw Forbidden('This message is not signed with the callback key, or it is too old.')
    }
    if (!isListening())
      throw Unavailable('The server is starting: tell it again.')
    if (isKnownEvent(signed.output)) {
      const message = v.safeParse(Message, { ...request.body as object, event_type: signed.output.event_type })
      if (!message.success)
        throw BadRequest(`A message of event_type ${signed.output.event_type} has no such shape: ${v.getDotPath(message.issues[0])}.`)
      onMessage(message.output)
    }
    else {
      log.info({ event: signed.output.event_type }, 'Cloud Live told something that nothing follows from')
    }
    response.set('Cache-Control', 'no-store').json({ code: 0 })
  })
  return router
}
