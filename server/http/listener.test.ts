import type { Listener } from './listener'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tls from 'node:tls'
import { afterAll, afterEach, beforeAll, it } from 'vitest'
import { keptCertificate } from './certificate'
import { createListener } from './listener'

const dataDir = mkdtempSync(path.join(tmpdir(), 'lianmai-listener-'))
let certificate: Awaited<ReturnType<typeof keptCertificate>>
let listener: Listener
beforeAll(async () => {
  certificate = await keptCertificate(dataDir, [], Date.now())
})
afterEach(() => listener.close(0))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

async function listen(isSecure: boolean): Promise<number> {
  listener = createListener({
    certificate: isSecure ? certificate : undefined,
    timeouts: { headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50 },
    onRequest: (_, response) => response.end('hello'),
    onUpgrade: (_, socket) => socket.destroy(),
  })
  return listener.listen(0, '127.0.0.1')
}

it.each([
  ['http', false, (port: number) => net.connect(port, '127.0.0.1')],
  ['https', true, (port: number) => tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false })],
  ['http where https is spoken', true, (port: number) => net.connect(port, '127.0.0.1')],
])('[AP17] who dribbles a request over %s is hung up on', async (_, isSecure, connect) => {
  const socket = connect(await listen(isSecure)).on('error', () => {})
  socket.resume().write('GET / HTTP/1.1\r\n')
  const dribble = setInterval(() => socket.write('x'), 20)
  await once(socket, 'close').finally(() => clearInterval(dribble))
}, 3000)
