/** wx.request over Node's HTTP client: real bytes to a real server, WeChat's conventions on top. */
import type { Callbacks } from './answer'
import type { Network } from './network'
import { Buffer } from 'node:buffer'
import http from 'node:http'
import { fail, succeed } from './answer'

interface RequestOptions extends Callbacks {
  url: string
  method?: string
  data?: unknown
  header?: Record<string, string>
  timeout?: number
  dataType?: string
}

const DEFAULT_TIMEOUT_MS = 60_000

export function createRequest(network: Network) {
  return (options: RequestOptions): { abort: () => void } => {
    if (!network.isUp) {
      fail('request', options, 'network is down')
      return { abort: () => {} }
    }
    const method = (options.method ?? 'GET').toUpperCase()
    const body = method === 'GET' ? undefined : encode(options.data)
    const request = http.request(method === 'GET' ? withQuery(options.url, options.data) : options.url, {
      method,
      headers: { 'content-type': 'application/json', 'user-agent': 'MicroMessenger', ...options.header, ...(body ? { 'content-length': Buffer.byteLength(body) } : {}) },
      timeout: options.timeout ?? DEFAULT_TIMEOUT_MS,
    })
    const abort = () => request.destroy(new Error('abort'))
    network.open.add(abort)
    request.on('timeout', () => request.destroy(new Error('timeout')))
    request.on('error', error => void fail('request', options, error.message))
    request.on('close', () => network.open.delete(abort))
    request.on('response', async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response)
        chunks.push(chunk)
      succeed('request', options, { statusCode: response.statusCode, header: response.headers, data: decode(Buffer.concat(chunks).toString(), options.dataType) })
    })
    request.end(body)
    return { abort }
  }
}

function encode(data: unknown): string | Buffer | undefined {
  if (data === undefined || typeof data === 'string')
    return data
  return data instanceof ArrayBuffer ? Buffer.from(data) : JSON.stringify(data)
}

/** WeChat puts the data of a GET into its query. */
function withQuery(url: string, data: unknown): string {
  const pairs = Object.entries(data ?? {}).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
  return pairs.length ? `${url}${url.includes('?') ? '&' : '?'}${pairs.join('&')}` : url
}

/** WeChat tries to read every answer as JSON unless told otherwise. */
function decode(text: string, dataType = 'json'): unknown {
  if (dataType !== 'json')
    return text
  try {
    return JSON.parse(text)
  }
  catch {
    return text
  }
}
