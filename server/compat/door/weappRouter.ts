/**
 * The door of the old room service: `POST /weapp/<room type>/<action>`. It answers HTTP 200 whatever happens, so it stands
 * before everything that parses, logs or refuses in our own way. Rules: docs/SPEC.md, RS1 to RS10.
 */
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import type { Clock } from '../../clock'
import type { OriginOf } from '../../http/origin'
import type { RoomType, WeappPerson, WeappRooms, WeappSessions } from '../types'
import type { Fields } from './answers'
import type { Body } from './parsing'
import type { Limit, WeappRates } from './rates'
import cors from 'cors'
import express, { Router } from 'express'
import { clientOf } from '../../client'
import { requestId } from '../../http/requestId'
import { refusalOf } from '../refusals'
import { ROOM_TYPES } from '../types'
import { WeappCode, WeappError } from '../WeappError'
import { actionNameOf, actionOf } from './actions'
import { presentMerge } from './answers'
import { readCredentials, readLogin, throwIfOther } from './credentials'
import { parseBody } from './parsing'
import { createLimit } from './rates'

const BODY_MAX_BYTES = 64 * 1024
const CORS_MAX_AGE_SECONDS = 24 * 60 * 60
/** Answers hold tokens and addresses of streams. No cookie is looked at: any page may ask. */
const HEADERS = { 'Cache-Control': 'no-store', 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'X-Request-Id' }
const preflight = cors({ maxAge: CORS_MAX_AGE_SECONDS })

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
  readonly rates: Omit<WeappRates, 'address'>
  readonly clock: Pick<Clock, 'now'>
  readonly log: Logger
  readonly isRunning: () => boolean
}

export function createWeappRouter({ sessions, rooms, helpers, limitAddress, originOf, rates, clock, log, isRunning }: WeappRouterOptions): Router {
  const limitPerson = createLimit<string>(rates.person, clock)
  const limitRooms = createLimit<string>(rates.rooms, clock)
  const limitApplication = createLimit<number>(rates.application, clock)
  const readBody = express.raw({ type: () => true, limit: BODY_MAX_BYTES })

  const begin: RequestHandler = (request, response, next) => {
    response.locals.weapp = { action: '', startedAt: performance.now(), failed: WeappCode.badRequest }
    response.set(HEADERS)
    if (request.method === 'OPTIONS')
      return preflight(request, response, next)
    if (!isRunning())
      throw new WeappError(WeappCode.storageFailed, 'The server is starting or stopping: try again in a moment.')
    next()
  }

  function answer(response: Response, code: number, message: string, fields: Fields = {}): void {
    const { action, startedAt, person } = response.locals.weapp!
    log.debug({ part: 'weapp', requestId: response.locals.requestId, action, code, userId: person?.user.id, ms: Math.round(performance.now() - startedAt) }, 'request')
    const said = { code, message, timestamp: clock.now() }
    // Not response.json(), which looks for caches.
    response.setHeader('Content-Type', 'application/json; charset=utf-8')
    response.end(JSON.stringify({ ...said, ...action === 'merge_stream' && presentMerge(said), ...fields }))
  }

  const refuse: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    const { action, failed } = response.locals.weapp!
    const refusal = refusalOf(error, failed)
    if (!refusal)
      log.error({ part: 'weapp', err: error, action, requestId: response.locals.requestId }, 'a request of the old room service failed')
    const { code, message } = refusal ?? new WeappError(WeappCode.storageFailed, 'Something went wrong.')
    answer(response, code, message)
  }

  async function login({ ip, query }: Request): Promise<Fields> {
    limitAddress(clientOf(ip))
    const { sdkAppId, account, userSig } = readLogin(query)
    const { token } = await sessions.login(sdkAppId, account, userSig)
    limitApplication(sdkAppId)
    return { userID: account, token }
  }

  function authenticate({ query }: Request, body: Body): WeappPerson {
    const { account, token } = readCredentials(query)
    const person = sessions.authenticate(account, token)
    limitPerson(person.user.id) // first: what is refused here is not counted on the others of the application
    limitApplication(person.sdkAppId)
    throwIfOther(body, account)
    return person
  }

  async function act(name: string, type: RoomType, person: WeappPerson, request: Request, body: Body): Promise<Fields> {
    if (name === 'create_room' || name === 'add_anchor')
      limitRooms(person.user.id)
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
  router.use(requestId, begin)
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
