import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from 'pino'
import type { ApiError } from '../../shared/protocol/rest'
import { AppError, BadRequest, NotFound, PayloadTooLarge } from '../errors'

/** The one place that answers errors. What nobody meant to throw is logged with its stack and answered without. */
export function errorHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const known = error instanceof AppError ? error : fromExpress(error)
    const { requestId } = response.locals
    if (!known)
      log.error({ err: error, requestId }, 'a request failed')
    if (response.headersSent)
      return next(error) // Express closes the connection: the answer has begun and cannot be taken back.
    const { code, status, message, retryAfterMs } = known ?? new AppError('INTERNAL', 500, `Something went wrong; the log has it under ${requestId}.`)
    if (retryAfterMs !== undefined)
      response.set('Retry-After', String(Math.ceil(retryAfterMs / 1000)))
    response.status(status).set('Cache-Control', 'no-store').json({ code, message, requestId } satisfies ApiError)
  }
}

export const notFound: RequestHandler = (request) => {
  throw NotFound(`${request.method} ${request.originalUrl.split('?', 1)[0]}`)
}

/** Express, its body parser and its router throw `http-errors` for what the client did wrong. */
function fromExpress(error: unknown): AppError | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number' || error.status < 400 || error.status >= 500)
    return undefined
  if (error.status === 413)
    return PayloadTooLarge('limit' in error ? Number(error.limit) : 0)
  if (error.status === 404)
    return NotFound('This file')
  return BadRequest('type' in error && error.type === 'entity.parse.failed' ? 'The body is not JSON.' : error.message)
}
