/** One HTTP exchange over uni.request. Whatever goes wrong comes out as an ApiFailure. */
import * as v from 'valibot'
import { ApiError } from '@/shared/protocol/rest'
import { ApiFailure } from '@/src/ports/RoomApi'

/** WeChat knows no PATCH. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface HttpCall {
  readonly method: Method
  readonly path: string
  readonly token?: string
  /** JSON, or the bytes of a picture with its `contentType`. */
  readonly body?: object
  readonly contentType?: string
}

export type HttpRequest = (call: HttpCall) => Promise<unknown>

export const REQUEST_TIMEOUT_MS = 10_000

/** @param serverUrl origin without a slash at the end */
export function createHttpRequest(serverUrl: string): HttpRequest {
  return ({ method, path, token, body, contentType = 'application/json' }) => new Promise((resolve, reject) => {
    uni.request({
      url: serverUrl + path,
      method,
      data: body,
      timeout: REQUEST_TIMEOUT_MS,
      header: {
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(body ? { 'Content-Type': contentType } : {}),
      },
      success: ({ statusCode, data }) => statusCode >= 200 && statusCode < 300 ? resolve(data) : reject(refusal(statusCode, data)),
      fail: ({ errMsg }) => reject(new ApiFailure(/time[d_ ]*out/i.test(errMsg) ? 'TIMEOUT' : 'NETWORK', errMsg)),
    })
  })
}

/** @throws ApiFailure BAD_RESPONSE */
export function parseAnswer<Schema extends v.GenericSchema>(schema: Schema, data: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, data)
  if (!parsed.success)
    throw new ApiFailure('BAD_RESPONSE', v.summarize(parsed.issues))
  return parsed.output
}

function refusal(statusCode: number, data: unknown): ApiFailure {
  const parsed = v.safeParse(ApiError, data)
  // A proxy in between answers in its own words.
  return parsed.success
    ? new ApiFailure(parsed.output.code, parsed.output.message, parsed.output.requestId)
    : new ApiFailure(statusCode >= 500 ? 'UNAVAILABLE' : 'BAD_RESPONSE', `status ${statusCode}`)
}
