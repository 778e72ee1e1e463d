/** wx.request in a browser: the same real bytes, over fetch. */
import type { Callbacks } from '../../support/wx/answer'
import type { Network } from '../../support/wx/network'
import { fail, succeed } from '../../support/wx/answer'

interface RequestOptions extends Callbacks {
  url: string
  method?: string
  data?: unknown
  header?: Record<string, string>
}

export function createRequest({ open }: Network) {
  return (options: RequestOptions): { abort: () => void } => {
    const { url, method = 'GET', data, header } = options
    const controller = new AbortController()
    const abort = () => controller.abort()
    open.add(abort)
    void send().finally(() => open.delete(abort))
    return { abort }

    async function send() {
      try {
        const response = await fetch(method === 'GET' ? withQuery(url, data) : url, {
          method,
          headers: toHeaders({ 'content-type': 'application/json', ...header }),
          body: method === 'GET' || data === undefined ? undefined : typeof data === 'string' || data instanceof ArrayBuffer ? data : JSON.stringify(data),
          signal: controller.signal,
        })
        const text = await response.text()
        succeed('request', options, { statusCode: response.status, header: Object.fromEntries(response.headers), data: decode(text) })
      }
      catch (error) {
        fail('request', options, (error as Error).message)
      }
    }
  }
}

/** The last one counts, however its name is written. */
function toHeaders(named: Record<string, string>): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(named))
    headers.set(name, value)
  return headers
}

function withQuery(url: string, data: unknown): string {
  const query = String(new URLSearchParams(Object.entries(data ?? {}).map(([name, value]) => [name, String(value)])))
  return query ? `${url}${url.includes('?') ? '&' : '?'}${query}` : url
}

function decode(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    return text
  }
}
