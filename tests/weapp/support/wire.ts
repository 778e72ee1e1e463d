/** HTTP as the old clients speak it: the address goes out as it was put together, connections are kept, nothing is retried. */
import type { IncomingHttpHeaders } from 'node:http'
import { Buffer } from 'node:buffer'
import http from 'node:http'

export interface WireRequest {
  readonly method?: string
  /** From the origin on, with its query, as it is. */
  readonly path: string
  readonly body?: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
}

export interface WireAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

export interface Wire {
  readonly send: (request: WireRequest) => Promise<WireAnswer>
  /** Hangs up; what is asked afterwards connects anew. */
  readonly hangUp: () => void
}

/** After `timeoutMs` the person is told that the network is bad. */
export function createWire(origin: () => string, timeoutMs: number): Wire {
  let agent = new http.Agent({ keepAlive: true })
  return {
    send: ({ method = 'POST', path, body, headers = {} }) => new Promise((resolve, reject) => {
      const { hostname, port } = new URL(origin())
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
      const request = http.request({ agent, hostname, port, method, path, headers: { ...length, ...headers }, timeout: timeoutMs }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', chunk => chunks.push(chunk))
        response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') }))
        response.on('error', reject)
      })
      request.on('timeout', () => request.destroy(new Error('request:fail timeout')))
      request.on('error', reject)
      request.end(body)
    }),
    hangUp() {
      agent.destroy()
      agent = new http.Agent({ keepAlive: true })
    },
  }
}
