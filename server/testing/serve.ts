import type { AddressInfo } from 'node:net'
import http from 'node:http'

export interface Served {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  /** Ends open connections, too. */
  readonly close: () => Promise<void>
}

/** Answers HTTP on a free port of this machine. */
export async function serve(onRequest: http.RequestListener): Promise<Served> {
  const server = http.createServer(onRequest)
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
}
