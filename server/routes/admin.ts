import type { RequestHandler } from 'express'
import type { Finding } from '../doctor/Finding'
import type { RateLimits } from '../http/rateLimit'
import { Router } from 'express'
import * as v from 'valibot'
import { createReport } from '../doctor/report'
import { Unauthorized } from '../errors'
import { limitRate } from '../http/rateLimit'
import { parse } from '../http/validate'
import { isSameSecret } from '../isSameSecret'

export interface AdminRoutesOptions {
  /** What operators show. */
  readonly token: string
  readonly examine: () => Promise<readonly Finding[]>
  readonly rates: RateLimits
}

const DoctorQuery = v.object({ lang: v.optional(v.picklist(['zh', 'en']), 'en') })

/** For operators, from outside. The limit counts wrong tokens too. */
export function adminRoutes({ examine, rates, token }: AdminRoutesOptions): Router {
  const router = Router()

  router.get('/admin/doctor', limitRate(rates.admin), operatorsOnly(token), async (request, response) => {
    const { lang } = parse(DoctorQuery, request.query)
    response.set('Cache-Control', 'no-store').json(createReport(await examine(), lang))
  })

  return router
}

function operatorsOnly(token: string): RequestHandler {
  return (request, _response, next) => {
    if (!isSameSecret(request.get('authorization') ?? '', `Bearer ${token}`))
      throw Unauthorized('This asks for "Authorization: Bearer <ADMIN_TOKEN>".')
    next()
  }
}
