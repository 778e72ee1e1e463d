/** What the business server of an old app signs for its people: UserSigs of both generations, after Tencent's documents. */
import { Buffer } from 'node:buffer'
import { createPrivateKey, sign } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import tls from 'tls-sig-api-v2'

/** https://cloud.tencent.com/document/product/269/32688: by the secret key of an application. */
export function signWithSecret(sdkAppId: number, secretKey: string, userID: string, seconds = 604_800): string {
  return new tls.Api(sdkAppId, secretKey).genUserSig(userID, seconds)
}

/** The older one, by the private key in authkeys.txt. @param now unix milliseconds */
export function signWithPrivateKey(sdkAppId: number, pem: string, userID: string, now: number, seconds = 30 * 86_400): string {
  const claims = {
    'TLS.account_type': '0',
    'TLS.identifier': userID,
    'TLS.appid_at_3rd': '0',
    'TLS.sdk_appid': String(sdkAppId),
    'TLS.time': String(Math.floor(now / 1000)),
    'TLS.expire_after': String(seconds),
  }
  const order = ['TLS.appid_at_3rd', 'TLS.account_type', 'TLS.identifier', 'TLS.sdk_appid', 'TLS.time', 'TLS.expire_after'] as const
  const text = order.map(name => `${name}:${claims[name]}\n`).join('')
  const signature = sign('sha256', Buffer.from(text), createPrivateKey(pem)).toString('base64')
  const document = JSON.stringify({ ...claims, 'TLS.version': '201512300000', 'TLS.sig': signature })
  return deflateSync(document).toString('base64').replace(/\+/g, '*').replace(/\//g, '-').replace(/=/g, '_')
}
