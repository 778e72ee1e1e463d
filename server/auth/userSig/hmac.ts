/**
 * UserSig with an HMAC-SHA256 (TLS.ver 2.0), by the secret key of an application. Tencent's package signs; it cannot verify,
 * so that is ours. https://cloud.tencent.com/document/product/269/32688
 */
import type { UserSigKind } from './UserSigKind'
import { createHmac } from 'node:crypto'
import tls from 'tls-sig-api-v2'
import * as v from 'valibot'
import { isSameSecret } from '../../isSameSecret'
import { signedText, TencentUserId, unseal } from './envelope'

const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const Document = v.object({
  'TLS.ver': v.literal('2.0'),
  'TLS.identifier': TencentUserId,
  'TLS.sdkappid': v.number(),
  'TLS.time': seconds,
  'TLS.expire': seconds,
  'TLS.sig': v.string(),
  /** The permissions of a PrivateMapKey; signed with the rest. */
  'TLS.userbuf': v.optional(v.string()),
})
const SIGNED_FIELDS = ['TLS.identifier', 'TLS.sdkappid', 'TLS.time', 'TLS.expire', 'TLS.userbuf'] as const

export function createHmacKind(sdkAppId: number, secretKey: string): UserSigKind {
  const api = new tls.Api(sdkAppId, secretKey)
  return {
    sign: (userId, ttlSeconds) => api.genUserSig(userId, ttlSeconds),
    read(userSig) {
      const parsed = v.safeParse(Document, unseal(userSig))
      if (!parsed.success)
        return undefined
      const document = parsed.output
      return {
        sdkAppId: document['TLS.sdkappid'],
        userId: document['TLS.identifier'],
        expiresAt: (document['TLS.time'] + document['TLS.expire']) * 1000,
        isSigned: isSameSecret(document['TLS.sig'], createHmac('sha256', secretKey).update(signedText(document, SIGNED_FIELDS)).digest('base64')),
      }
    },
  }
}
