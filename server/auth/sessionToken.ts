/** Session tokens: JWTs that name a user and nothing else. A rename needs no new token; a token holds no secret. */
import type { Clock } from '../clock'
import { createSecretKey } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { Unauthorized } from '../errors'

export const SESSION_TTL_MS = 30 * 24 * 60 * 60_000

const ALGORITHM = 'HS256'
const ISSUER = 'lianmai'
const TOKEN_MAX_LENGTH = 1024

export interface SessionTokens {
  issue: (userId: string) => Promise<{ token: string, expiresAt: number }>
  /** @returns the user's id @throws Unauthorized */
  verify: (token: string) => Promise<string>
}

export function createSessionTokens({ secret, clock }: { secret: string, clock: Pick<Clock, 'now'> }): SessionTokens {
  const key = createSecretKey(secret, 'utf8')
  return {
    async issue(userId) {
      const issuedAt = Math.floor(clock.now() / 1000)
      const expiresAt = issuedAt + SESSION_TTL_MS / 1000
      const token = await new SignJWT()
        .setProtectedHeader({ alg: ALGORITHM })
        .setIssuer(ISSUER)
        .setSubject(userId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(key)
      return { token, expiresAt: expiresAt * 1000 }
    },

    async verify(token) {
      if (token.length > TOKEN_MAX_LENGTH)
        throw Unauthorized('This is not a session token.')
      try {
        const { payload } = await jwtVerify(token, key, { algorithms: [ALGORITHM], issuer: ISSUER, requiredClaims: ['sub', 'exp'], currentDate: new Date(clock.now()) })
        return payload.sub!
      }
      catch (error) {
        if (error instanceof errors.JWTExpired)
          throw Unauthorized('The session has expired: open a new one.')
        if (error instanceof errors.JOSEError)
          throw Unauthorized('This is not a session token of this server.')
        throw error
      }
    },
  }
}
