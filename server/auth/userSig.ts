/**
 * UserSig, the credential of Tencent IM and TRTC (TLS.ver 2.0): JSON with an HMAC-SHA256 over its fields, deflated, in
 * base64 with `*-_` for `+/=`. Tencent's package signs; it cannot verify, so that is ours.
 * https://cloud.tencent.com/document/product/269/32688
 */
import type { UserSigKey } from '../settings'
import { Buffer } from 'node:buffer'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import tls from 'tls-sig-api-v2'
import * as v from 'valibot'

/** A real one has about 200 characters and inflates to about 220 bytes. */
const USER_SIG_MAX_LENGTH = 2048
const INFLATED_MAX_BYTES = 4096

export type UserSigVerdict
  = | { readonly status: 'valid', readonly userId: string, readonly expiresAt: number }
    | { readonly status: 'malformed' | 'forged' | 'expired' }

export interface UserSigner {
  readonly sdkAppId: number
  sign: (userId: string, ttlMs: number) => string
  /** @param now unix milliseconds */
  verify: (userSig: string, now: number) => UserSigVerdict
}

const Document = v.object({
  'TLS.ver': v.literal('2.0'),
  'TLS.identifier': v.string(),
  'TLS.sdkappid': v.number(),
  'TLS.time': v.number(),
  'TLS.expire': v.number(),
  'TLS.sig': v.string(),
  /** The permissions of a PrivateMapKey; signed with the rest. */
  'TLS.userbuf': v.optional(v.string()),
})
type Document = v.InferOutput<typeof Document>

export function createUserSigner({ sdkAppId, key }: { sdkAppId: number, key: UserSigKey }): UserSigner {
  if (key.kind === 'private')
    throw new Error('The older kind of UserSig is not signed yet.')
  const { secretKey } = key
  const api = new tls.Api(sdkAppId, secretKey)
  return {
    sdkAppId,
    sign: (userId, ttlMs) => api.genUserSig(userId, Math.round(ttlMs / 1000)),
    verify(userSig, now) {
      const document = read(userSig)
      if (!document)
        return { status: 'malformed' }
      if (document['TLS.sdkappid'] !== sdkAppId || !isSame(document['TLS.sig'], signatureOf(document, secretKey)))
        return { status: 'forged' }
      const expiresAt = (document['TLS.time'] + document['TLS.expire']) * 1000
      return now < expiresAt ? { status: 'valid', userId: document['TLS.identifier'], expiresAt } : { status: 'expired' }
    },
  }
}

function read(userSig: string): Document | undefined {
  if (userSig.length > USER_SIG_MAX_LENGTH)
    return undefined
  const base64 = userSig.replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '=')
  try {
    const json = inflateSync(Buffer.from(base64, 'base64'), { maxOutputLength: INFLATED_MAX_BYTES }).toString()
    const document = v.safeParse(Document, JSON.parse(json))
    return document.success ? document.output : undefined
  }
  catch {
    return undefined // neither deflated nor JSON: not a UserSig
  }
}

function signatureOf(document: Document, secretKey: string): string {
  const fields = ['identifier', 'sdkappid', 'time', 'expire', 'userbuf'] as const
  const signed = fields
    .filter(field => document[`TLS.${field}`] !== undefined)
    .map(field => `TLS.${field}:${document[`TLS.${field}`]}\n`)
    .join('')
  return createHmac('sha256', secretKey).update(signed).digest('base64')
}

function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}
