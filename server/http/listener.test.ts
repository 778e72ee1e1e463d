import type { Listener } from './listener'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tls from 'node:tls'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { keptCertificate } from './certificate'
import { createListener } from './listener'

const dataDir = mkdtempSync(path.join(tmpdir(), 'lianmai-listener-'))
let certificate: Awaited<ReturnType<typeof keptCertificate>>
let listener: Listener
const onError = vi.fn()
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
    onError,
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

it.each([
  ['http', false],
  ['https', true],
])('[AP16] a connection that %s cannot take is told, and the next one is taken', async (_, isSecure) => {
  const createServer = vi.spyOn(isSecure ? net : http, 'createServer')
  const port = await listen(isSecure)
  const noDescriptors = new Error('accept EMFILE')
  createServer.mock.results[0].value.emit('error', noDescriptors)
  expect(onError).toHaveBeenLastCalledWith(noDescriptors)
  const answer = await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' })
  expect(answer.status).toBe(isSecure ? 308 : 200)
  createServer.mockRestore()
})
