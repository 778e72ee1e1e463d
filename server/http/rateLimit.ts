import type { RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import { clientOf } from '../client'
import { TooManyRequests } from '../errors'

/** How often one address (or, behind `authenticate`, one person) may do something. Generous for people, mean to loops. */
export interface RateLimits {
  readonly sessions: Rate
  readonly rooms: Rate
  readonly covers: Rate
  readonly linkMic: Rate
  readonly moderation: Rate
  readonly testStreams: Rate
  readonly admin: Rate
  readonly presence: Rate
}

export interface Rate {
  readonly perMinute: number
}

/** Many guests may share one address: a school, an office, a mobile carrier. */
export const RATE_LIMITS: RateLimits = {
  sessions: { perMinute: 60 },
  rooms: { perMinute: 30 },
  covers: { perMinute: 20 },
  linkMic: { perMinute: 60 },
  moderation: { perMinute: 60 },
  testStreams: { perMinute: 10 },
  admin: { perMinute: 10 },
  presence: { perMinute: 60 },
}

const WINDOW_MS = 60_000

export function limitRate({ perMinute }: Rate): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Whether forwarded headers count is TRUST_PROXY's matter, a client that sends them unasked is no news, and clientOf sees to IPv6.
    validate: { xForwardedForHeader: false, forwardedHeader: false, keyGeneratorIpFallback: false },
    keyGenerator: (request, response) => response.locals.user?.id ?? clientOf(request.ip),
    handler: (request, _response, next) => {
      const { resetTime } = (request as typeof request & { rateLimit: { resetTime?: Date } }).rateLimit
      next(TooManyRequests(Math.max(1000, (resetTime?.getTime() ?? 0) - Date.now())))
    },
  })
}
