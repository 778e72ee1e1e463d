/**
 * The public keys of an account system, fetched when a token asks for one that is not known. They are kept for ten minutes, and
 * an unknown one is asked for at most twice a minute: made-up key ids cost the system nothing.
 */
import type { CryptoKey, JWTVerifyGetKey } from 'jose'
import type { Asking } from './ask'
import { createRemoteJWKSet, customFetch, errors } from 'jose'
import { ask, unavailable } from './ask'

const KEPT_MS = 10 * 60_000
/** Shorter RSA keys can be broken, and are used for nothing (RFC 7518, 3.3). */
const RSA_MIN_BITS = 2048
export const COOL_DOWN_MS = 30_000

/** @throws CloudUnavailable from the key's search, so that it is not taken for a bad token */
export function createKeySet(url: string, asking: Asking): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(url), {
    cacheMaxAge: KEPT_MS,
    cooldownDuration: COOL_DOWN_MS,
    async [customFetch](address, { method, headers }) {
      const { status, text } = await ask(address, { method, headers }, asking)
      return status === 200 ? new Response(text) : Response.error()
    },
  })
  return async (header, token) => {
    try {
      return strong(await keys(header, token))
    }
    catch (error) {
      if (isAboutTheToken(error))
        throw error
      asking.log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'the account system\'s keys could not be had')
      throw unavailable()
    }
  }
}

/** @throws Error WeakKey */
function strong(key: CryptoKey): CryptoKey {
  const { modulusLength } = key.algorithm as { modulusLength?: number }
  if (modulusLength !== undefined && modulusLength < RSA_MIN_BITS)
    throw Object.assign(new Error('an RSA key is too short'), { name: 'WeakKey' })
  return key
}

/** Several keys may fit a token that names none, and an algorithm may be one that no key is for. */
function isAboutTheToken(error: unknown): boolean {
  return error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys || error instanceof errors.JOSENotSupported
}
