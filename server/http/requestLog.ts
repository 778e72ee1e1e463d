import type { RequestHandler } from 'express'
import type { Logger } from 'pino'

/** One line a request, when it is over. The path only: queries carry signatures and tokens. */
export function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now()
    response.on('close', () => {
      const fields = {
        requestId: response.locals.requestId,
        method: request.method,
        path: request.originalUrl.split('?', 1)[0],
        status: response.statusCode,
        ms: Math.round(performance.now() - startedAt),
        userId: response.locals.user?.id,
      }
      if (response.statusCode >= 500)
        log.error(fields, 'request')
      else
        log.debug(fields, 'request')
    })
    next()
  }
}
