/** The account system signs its tokens: JWTs that name a person (`sub`) and end (`exp`). Which algorithms count is ours to say. */
import type { JWTPayload, JWTVerifyGetKey } from 'jose'
import type { Clock } from '../../clock'
import type { AccountSystem, ExternalPerson } from './AccountSystem'
import { createSecretKey } from 'node:crypto'
import { errors, jwtVerify } from 'jose'
import * as v from 'valibot'
import { Nickname } from '../../../shared/protocol/rest'
import { TokenRefused } from '../../errors'
import { ExternalId } from './externalId'

/** Never in one list: a public key, which everybody has, would be taken for a secret. */
export const SECRET_ALGORITHMS = ['HS256', 'HS384', 'HS512']
export const PUBLIC_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']

/** Two machines' clocks differ. */
const CLOCK_TOLERANCE_SECONDS = 30
/** Where OpenID Connect has what a person is called, in the order in which it is looked for. */
const NAME_CLAIMS = ['nickname', 'name', 'preferred_username'] as const

export interface JwtRules {
  readonly algorithms: readonly string[]
  /** Null: anybody's. */
  readonly issuer: string | null
  readonly audience: string | null
}

export function secretKeyOf(secret: string): JWTVerifyGetKey {
  const key = createSecretKey(secret, 'utf8')
  return () => key
}

export function createJwtSystem(keyOf: JWTVerifyGetKey, { algorithms, issuer, audience }: JwtRules, clock: Pick<Clock, 'now'>): AccountSystem {
  return {
    async personOf(token) {
      try {
        const { payload } = await jwtVerify(token, keyOf, {
          algorithms: [...algorithms],
          ...(issuer !== null && { issuer }),
          ...(audience !== null && { audience }),
          requiredClaims: ['sub', 'exp'],
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
          currentDate: new Date(clock.now()),
        })
        return personIn(payload)
      }
      catch (error) {
        if (error instanceof errors.JOSEError)
          throw TokenRefused(reasonOf(error))
        throw error
      }
    },
  }
}

function personIn(payload: JWTPayload): ExternalPerson {
  const id = v.safeParse(ExternalId, payload.sub)
  if (!id.success)
    throw TokenRefused('its "sub" is no id')
  const nickname = NAME_CLAIMS.map(claim => v.safeParse(Nickname, payload[claim])).find(name => name.success)
  return { id: id.output, ...(nickname && { nickname: nickname.output }) }
}

/** For developers; never what was in the token. */
function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired)
    return 'it has expired'
  if (error instanceof errors.JWTClaimValidationFailed)
    return `its "${error.claim}" is missing or not the one asked for`
  if (error instanceof errors.JOSEAlgNotAllowed)
    return 'its algorithm is not one that is trusted here'
  if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid)
    return 'it is no signed JWT'
  return 'no key that is trusted here has signed it'
}
