/**
 * The door of the old room service: `POST /weapp/<room type>/<action>`. It answers HTTP 200 whatever happens, so it stands
 * before everything that parses, logs or refuses in our own way. Rules: docs/SPEC.md, RS1 to RS10.
 */
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import type { Clock } from '../clock'
import type { OriginOf } from '../http/origin'
import type { Fields } from './answers'
import type { Body } from './parsing'
import type { Limit, WeappRates } from './rates'
import type { RoomType, WeappPerson, WeappRooms, WeappSessions } from './types'
import cors from 'cors'
import express, { Router } from 'express'
import { clientOf } from '../client'
import { requestId } from '../http/requestId'
import { actionNameOf, actionOf } from './actions'
import { presentMerge } from './answers'
import { parseBody } from './parsing'
import { createLimit } from './rates'
import { refusalOf } from './refusals'
import { ROOM_TYPES } from './types'
import { WeappCode, WeappError } from './WeappError'

const BODY_MAX_BYTES = 64 * 1024
const CORS_MAX_AGE_SECONDS = 24 * 60 * 60

declare module 'express-serve-static-core' {
  interface Locals {
    /** What a request of the old room service was about, for its line in the log. */
    weapp?: { action: string, readonly startedAt: number, failed: WeappCode, person?: WeappPerson }
  }
}

export interface WeappRouterOptions {
  readonly sessions: WeappSessions
  readonly rooms: WeappRooms
  /** `/weapp/utils`. */
  readonly helpers: Router
  /** Counts logins with the look-ups of `helpers`. */
  readonly limitAddress: Limit<string>
  readonly originOf: OriginOf
  readonly rates: Pick<WeappRates, 'application' | 'person'>
  readonly clock: Pick<Clock, 'now'>
  readonly log: Logger
  readonly isRunning: () => boolean
}

export function createWeappRouter({ sessions, rooms, helpers, limitAddress, originOf, rates, clock, log, isRunning }: WeappRouterOptions): Router {
  const limitPerson = createLimit<string>(rates.person, clock)
  const limitApplication = createLimit<number>(rates.application, clock)
  const readBody = express.raw({ type: () => true, limit: BODY_MAX_BYTES })

  const begin: RequestHandler = (_request, response, next) => {
    response.locals.weapp = { action: '', startedAt: performance.now(), failed: WeappCode.badRequest }
    response.set('Cache-Control', 'no-store')
    next()
  }

  function answer(response: Response, code: number, message: string, fields: Fields = {}): void {
    const { action, startedAt, person } = response.locals.weapp!
    log.debug({ part: 'weapp', requestId: response.locals.requestId, action, code, userId: person?.user.id, ms: Math.round(performance.now() - startedAt) }, 'request')
    const said = { code, message, timestamp: clock.now() }
    response.json({ ...said, ...action === 'merge_stream' && presentMerge(said), ...fields })
  }

  const refuse: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    const { action, failed } = response.locals.weapp!
    const refusal = refusalOf(error, failed)
    if (!refusal)
      log.error({ part: 'weapp', err: error, action, requestId: response.locals.requestId }, 'a request of the old room service failed')
    const { code, message } = refusal ?? new WeappError(WeappCode.storageFailed, 'Something went wrong.')
    answer(response, code, message)
  }

  async function login(request: Request): Promise<Fields> {
    limitAddress(clientOf(request.ip))
    const { sdkAppID, userID, userSig } = request.query
    const account = first(userID)
    if (!account)
      throw new WeappError(WeappCode.noUserId, 'userID is missing.')
    if (!/^\d{1,10}$/.test(first(sdkAppID)) || !first(userSig))
      throw new WeappError(WeappCode.loginParamsMissing, 'sdkAppID or userSig is missing.')
    const { person, token } = await sessions.login(Number(first(sdkAppID)), account, first(userSig))
    limitApplication(person.sdkAppId)
    return { userID: person.account, token }
  }

  function authenticate({ query }: Request, body: Body): WeappPerson {
    const [account, token] = [first(query.userID), first(query.token)]
    if (!account || !token)
      throw new WeappError(WeappCode.noUserId, 'userID or token is missing.')
    const person = sessions.authenticate(account, token)
    limitApplication(person.sdkAppId)
    limitPerson(person.user.id)
    const { userID } = body
    if (userID !== undefined && userID !== null && userID !== '' && String(userID) !== account)
      throw new WeappError(WeappCode.otherUserId, 'userID in the body is not the one in the address.')
    return person
  }

  async function act(name: string, type: RoomType, person: WeappPerson, request: Request, body: Body): Promise<Fields> {
    if (name !== 'logout')
      return actionOf(name)!.run(rooms, { person, type, origin: originOf(request) }, body)
    sessions.logout(person)
    await rooms.loggedOut(person)
    return {}
  }

  const perform: RequestHandler<{ type: string, action: string }> = async (request, response) => {
    const about = response.locals.weapp!
    const type = ROOM_TYPES.find(type => type === request.params.type)
    if (!type)
      throw new WeappError(WeappCode.unknownRoomType, 'There is no such room type.')
    const name = actionNameOf(request.params.action)
    const action = actionOf(name)
    if (!action && name !== 'login' && name !== 'logout')
      throw new WeappError(WeappCode.unknownAction, 'There is no such action.')
    about.action = name
    about.failed = action?.failed ?? WeappCode.storageFailed
    const body = parseBody(Buffer.isBuffer(request.body) ? request.body.toString() : '')
    if (name === 'login')
      return answer(response, 0, '', await login(request))
    about.person = authenticate(request, body)
    answer(response, 0, '', await act(name, type, about.person, request, body))
  }

  const router = Router()
  router.use(requestId, begin, cors({ exposedHeaders: ['X-Request-Id'], maxAge: CORS_MAX_AGE_SECONDS }), (_request, _response, next) => {
    if (!isRunning())
      throw new WeappError(WeappCode.storageFailed, 'The server is starting or stopping: try again in a moment.')
    next()
  })
  router.use('/utils', helpers)
  router.post('/:type/:action', readBody, perform)
  router.use(({ method }) => {
    throw method === 'POST'
      ? new WeappError(WeappCode.unknownAction, 'There is no such action.')
      : new WeappError(WeappCode.badRequest, 'Every action is asked for by POST.')
  })
  router.use(refuse)
  return router
}

/** WeChat's client adds its userID and an old token after those that it means. */
function first(value: Request['query'][string]): string {
  const one = Array.isArray(value) ? value[0] : value
  return typeof one === 'string' ? one : ''
}
