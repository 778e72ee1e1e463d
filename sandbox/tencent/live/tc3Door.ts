/** Who calls the API: signature v3 as https://cloud.tencent.com/document/api/267/74214 wants it, every part of it. */
import type { IncomingHttpHeaders } from 'node:http'
import { signTc3 } from '../../../server/tencent/tc3'
import { LiveRefusal } from './LiveRefusal'

export interface Tc3DoorOptions {
  readonly secretId: string
  readonly secretKey: string
  readonly service: string
  readonly version: string
  readonly now: () => number
}

const SKEW_SECONDS = 300
const REQUIRED_HEADERS = ['content-type', 'host']
const AUTHORIZATION = /^TC3-HMAC-SHA256 Credential=([^/,]+)\/(\d{4}-\d\d-\d\d)\/([^/,]+)\/tc3_request, SignedHeaders=([a-z;-]+), Signature=[0-9a-f]{64}$/

/**
 * The action that was asked for.
 *
 * @throws LiveRefusal
 */
export function openTc3Door({ secretId, secretKey, service, version, now }: Tc3DoorOptions, headers: IncomingHttpHeaders, body: string): string {
  const header = (name: string): string => {
    const value = headers[name]
    if (typeof value !== 'string' || value === '')
      throw new LiveRefusal('MissingParameter', `The header ${name} is missing.`)
    return value
  }
  const action = header('x-tc-action')
  const parts = AUTHORIZATION.exec(header('authorization'))
  if (!parts)
    throw new LiveRefusal('AuthFailure.InvalidAuthorization', 'The header Authorization has another form.')
  const [, givenId, date, givenService, names] = parts
  if (givenId !== secretId)
    throw new LiveRefusal('AuthFailure.SecretIdNotFound', 'The SecretId is not known.')
  if (!/^\d{10}$/.test(header('x-tc-timestamp')))
    throw new LiveRefusal('InvalidParameter', 'X-TC-Timestamp is not in unix seconds.')
  const timestamp = Number(header('x-tc-timestamp'))
  if (Math.abs(now() / 1000 - timestamp) > SKEW_SECONDS || new Date(timestamp * 1000).toISOString().slice(0, 10) !== date)
    throw new LiveRefusal('AuthFailure.SignatureExpire', 'The timestamp is more than five minutes off.')
  const signed = names.split(';')
  if (givenService !== service || !REQUIRED_HEADERS.every(name => signed.includes(name)))
    throw new LiveRefusal('AuthFailure.SignatureFailure', 'The signature is for another service, or leaves out a header.')
  const expected = signTc3({ secretId, secretKey, service, timestamp, payload: body, headers: Object.fromEntries(signed.map(name => [name, header(name)])) })
  if (expected !== headers.authorization)
    throw new LiveRefusal('AuthFailure.SignatureFailure', 'The signature is not the one of this request.')
  if (!header('content-type').startsWith('application/json'))
    throw new LiveRefusal('InvalidParameter', 'The content type is not JSON.')
  if (header('x-tc-version') !== version)
    throw new LiveRefusal('NoSuchVersion', 'There is no such version of the API.')
  return action
}
