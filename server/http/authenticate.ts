import type { RequestHandler, Response } from 'express'
import type { User } from '../../shared/protocol/rest'
import type { Sessions } from '../auth/sessions'
import { Unauthorized } from '../errors'

declare module 'express-serve-static-core' {
  interface Locals {
    user?: User
  }
}

export interface Authentication {
  /** Refuses who has no session. */
  readonly required: RequestHandler
  /** Lets everybody through; a token that is sent must be good all the same, so that a client notices. */
  readonly optional: RequestHandler
}

export function createAuthentication(sessions: Pick<Sessions, 'authenticate'>): Authentication {
  const authenticate = (isRequired: boolean): RequestHandler => async (request, response, next) => {
    const token = bearerToken(request.get('authorization'))
    if (token !== undefined)
      response.locals.user = await sessions.authenticate(token)
    else if (isRequired)
      throw Unauthorized()
    next()
  }
  return { required: authenticate(true), optional: authenticate(false) }
}

/** Who asks, behind `required`. */
export function userOf(response: Response): User {
  if (!response.locals.user)
    throw Unauthorized()
  return response.locals.user
}

function bearerToken(header: string | undefined): string | undefined {
  if (header === undefined)
    return undefined
  return /^Bearer +(\S+)$/i.exec(header)?.[1] ?? ''
}
