/**
 * Signature v3 of Tencent Cloud's API, TC3-HMAC-SHA256: https://cloud.tencent.com/document/api/213/30654
 * Pure: what is signed and when come from outside.
 */
import { createHash, createHmac } from 'node:crypto'

const ALGORITHM = 'TC3-HMAC-SHA256'

export interface Tc3Request {
  readonly secretId: string
  readonly secretKey: string
  /** `live`, as the first part of the API's host. */
  readonly service: string
  /** Those that are signed, by their names in small letters; `content-type` and `host` have to be among them. */
  readonly headers: Readonly<Record<string, string>>
  /** The body as it is sent. */
  readonly payload: string
  /** Unix seconds, the same as in X-TC-Timestamp; the cloud takes five minutes of difference. */
  readonly timestamp: number
}

/** The `Authorization` header of a POST to `/` without a query. */
export function signTc3(request: Tc3Request): string {
  const scope = scopeOf(request)
  const signature = createHmac('sha256', tc3Key(request)).update(tc3StringToSign(request)).digest('hex')
  return `${ALGORITHM} Credential=${request.secretId}/${scope}, SignedHeaders=${namesOf(request)}, Signature=${signature}`
}

/** What the signature is made over. */
export function tc3StringToSign(request: Omit<Tc3Request, 'secretId' | 'secretKey'>): string {
  const headers = Object.entries(request.headers).sort(byName).map(([name, value]) => `${name}:${value.trim().toLowerCase()}\n`).join('')
  const canonical = ['POST', '/', '', headers, namesOf(request), sha256(request.payload)].join('\n')
  return [ALGORITHM, request.timestamp, scopeOf(request), sha256(canonical)].join('\n')
}

/** Good for one day and one service. */
export function tc3Key({ secretKey, service, timestamp }: Pick<Tc3Request, 'secretKey' | 'service' | 'timestamp'>): Buffer {
  return [dateOf(timestamp), service, 'tc3_request'].reduce<Buffer>((key, part) => createHmac('sha256', key).update(part).digest(), Buffer.from(`TC3${secretKey}`))
}

type Scoped = Pick<Tc3Request, 'service' | 'timestamp'>

const scopeOf = ({ service, timestamp }: Scoped): string => `${dateOf(timestamp)}/${service}/tc3_request`
const dateOf = (timestamp: number): string => new Date(timestamp * 1000).toISOString().slice(0, 10)
const namesOf = ({ headers }: Pick<Tc3Request, 'headers'>): string => Object.keys(headers).sort().join(';')
const byName = ([a]: [string, string], [b]: [string, string]): number => a < b ? -1 : 1
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
