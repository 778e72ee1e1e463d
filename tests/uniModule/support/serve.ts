/** A folder on an address of its own, as any web host has it. */
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'

const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' }

export interface Host {
  readonly url: string
  readonly close: () => Promise<void>
}

export async function serve(folder: string): Promise<Host> {
  const server = http.createServer((request, response) => {
    const name = path.normalize(new URL(request.url!, 'http://host').pathname).replace(/\/$/, '/index.html')
    const file = path.join(folder, name)
    if (!fs.existsSync(file))
      return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' })
    fs.createReadStream(file).pipe(response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}
