import type { Request } from 'express'
import type { Logger } from 'pino'
import type { WeChatPush } from '../weChat/createWeChat'
import type { PushQuery } from '../weChat/messagePush'
import express, { Router } from 'express'
import * as v from 'valibot'
import { BadRequest, Forbidden } from '../errors'
import { parse } from '../http/validate'
import { PushEvent, PushQuery as PushQuerySchema } from '../weChat/messagePush'

/** The address that the WeChat console has for message pushes: GET proves that we are who was meant, POST tells news. */
export function weChatPushRoutes(push: WeChatPush, log: Pick<Logger, 'warn'>): Router {
  const router = Router()
  // XML, and whatever else the console may have been set to send: read as it is, and refused with a reason below.
  const body = express.text({ type: () => true, limit: '256kb' })

  /** @throws Forbidden */
  function admit(request: Request): PushQuery {
    const query = v.safeParse(PushQuerySchema, request.query)
    const verdict = query.success ? push.judgeCaller(query.output) : 'malformed'
    if (query.success && verdict === 'genuine')
      return query.output
    log.warn({ part: 'weChat', verdict, from: request.ip }, 'a message that WeChat did not send now was refused')
    throw Forbidden('This is not signed by WeChat, not now, or was here before.')
  }

  router.get('/callbacks/wechat', (request, response) => {
    const { echostr } = admit(request)
    if (echostr === undefined)
      throw BadRequest('echostr: expected a string, got nothing')
    response.type('text/plain').send(echostr)
  })

  router.post('/callbacks/wechat', (request, _response, next) => {
    admit(request)
    next()
  }, body, (request, response) => {
    push.handle(parse(PushEvent, parseJson(request.body)))
    // What it expects within five seconds, or it sends the same again. https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html
    response.type('text/plain').send('success')
  })

  function parseJson(text: unknown): unknown {
    try {
      return JSON.parse(String(text))
    }
    catch {
      log.warn({ part: 'weChat' }, 'WeChat sends something else than plain JSON: in its console, choose 明文模式 and JSON for the message push')
      throw BadRequest('The body is not JSON.')
    }
  }

  return router
}
