/**
 * The older UserSig: ECDSA-SHA256 by the private key of an application. Every value is a string; `TLS.appid_at_3rd` may be
 * missing, and is not signed then.
 * https://github.com/tencentyun/tls-sig-api-node/blob/master/TLSAPI.js
 * https://github.com/tencentyun/tls-sig-api-java/blob/master/src/main/java/com/tls/tls_sigature/tls_sigature.java
 */
import type { KeyObject } from 'node:crypto'
import type { Clock } from '../../clock'
import type { UserSigClaims, UserSigKind } from './UserSigKind'
import { Buffer } from 'node:buffer'
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import * as v from 'valibot'
import { seal, signedText, TencentUserId, unseal } from './envelope'

const VERSION = '201512300000'
const digits = v.pipe(v.string(), v.regex(/^\d{1,12}$/))
const Document = v.object({
  'TLS.account_type': v.string(),
  'TLS.identifier': TencentUserId,
  'TLS.appid_at_3rd': v.optional(v.string()),
  'TLS.sdk_appid': digits,
  'TLS.time': digits,
  'TLS.expire_after': digits,
  'TLS.sig': v.string(),
  /** Permissions; signed with the rest. */
  'TLS.userbuf': v.optional(v.string()),
})
const SIGNED_FIELDS = ['TLS.appid_at_3rd', 'TLS.account_type', 'TLS.identifier', 'TLS.sdk_appid', 'TLS.time', 'TLS.expire_after', 'TLS.userbuf'] as const

/** The key as privateKeyIn() gives it. */
export function createEcdsaKind(sdkAppId: number, pem: string, clock: Pick<Clock, 'now'>): UserSigKind {
  const privateKey = createPrivateKey(pem)
  const publicKey = createPublicKey(privateKey)
  return {
    sign(userId, ttlSeconds) {
      const document = {
        'TLS.account_type': '0',
        'TLS.identifier': userId,
        'TLS.appid_at_3rd': '0',
        'TLS.sdk_appid': String(sdkAppId),
        'TLS.expire_after': String(ttlSeconds),
        'TLS.version': VERSION,
        'TLS.time': String(Math.floor(clock.now() / 1000)),
      }
      return seal({ ...document, 'TLS.sig': sign('sha256', Buffer.from(signedText(document, SIGNED_FIELDS)), privateKey).toString('base64') })
    },
    read: userSig => readEcdsa(userSig, publicKey),
  }
}

/** @returns undefined for what is no UserSig of this kind */
export function readEcdsa(userSig: string, publicKey: KeyObject): UserSigClaims | undefined {
  const parsed = v.safeParse(Document, unseal(userSig))
  if (!parsed.success)
    return undefined
  const document = parsed.output
  return {
    sdkAppId: Number(document['TLS.sdk_appid']),
    userId: document['TLS.identifier'],
    expiresAt: (Number(document['TLS.time']) + Number(document['TLS.expire_after'])) * 1000,
    isSigned: verify('sha256', Buffer.from(signedText(document, SIGNED_FIELDS)), publicKey, Buffer.from(document['TLS.sig'], 'base64')),
  }
}
