import type { RequestHandler } from 'express'
import { randomUUID } from 'node:crypto'

declare module 'express-serve-static-core' {
  interface Locals {
    /** Also in the answer's X-Request-Id, in error bodies and in the log: one name for one request. */
    requestId: string
  }
}

/** A proxy's own id is kept, if it looks like one. */
export const requestId: RequestHandler = (request, response, next) => {
  const given = request.get('x-request-id')
  response.locals.requestId = given !== undefined && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
  response.set('X-Request-Id', response.locals.requestId)
  next()
}
