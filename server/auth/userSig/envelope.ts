/** What both kinds of UserSig are sent in: JSON, deflated, in base64 with `*-_` for `+/=`. */
import { Buffer } from 'node:buffer'
import { deflateSync, inflateSync } from 'node:zlib'
import * as v from 'valibot'

/** A real one has 200 to 400 characters and inflates to about 350 bytes. */
const USER_SIG_MAX_LENGTH = 2048
const INFLATED_MAX_BYTES = 4096

/** At most 32 letters, digits, `_` and `-`: https://github.com/tencentyun/tls-sig-api-v2-cpp/blob/master/src/tls_sig_api_v2.h */
export const TencentUserId = v.pipe(v.string(), v.regex(/^[\w-]{1,32}$/))
export const isTencentUserId = (id: string): boolean => v.is(TencentUserId, id)

export function seal(document: object): string {
  return deflateSync(JSON.stringify(document)).toString('base64').replaceAll('+', '*').replaceAll('/', '-').replaceAll('=', '_')
}

/** Undefined for what is none, is too long or inflates too far. */
export function unseal(userSig: string): unknown {
  if (userSig.length > USER_SIG_MAX_LENGTH)
    return undefined
  const base64 = userSig.replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '=')
  try {
    return JSON.parse(inflateSync(Buffer.from(base64, 'base64'), { maxOutputLength: INFLATED_MAX_BYTES }).toString())
  }
  catch {
    return undefined // neither deflated nor JSON: not a UserSig
  }
}

/** The lines that are signed: `TLS.identifier:uanna`, in this order, without those that the document lacks. */
export function signedText(document: Readonly<Record<string, string | number | undefined>>, fields: readonly string[]): string {
  return fields.filter(field => document[field] !== undefined).map(field => `${field}:${document[field]}\n`).join('')
}
