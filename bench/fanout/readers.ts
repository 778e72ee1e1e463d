/** Child process: players that read and count, without a copy per read. */
import net from 'node:net'
import { answer } from './child'

const buffer = Buffer.alloc(256 << 10)
const received: number[] = []
let closed = 0

async function open(port: number, path: string, count: number) {
  for (let index = 0; index < count; index++) {
    const mine = received.push(0) - 1
    await new Promise<void>((resolve) => {
      const socket = net.connect({ port, host: '127.0.0.1', onread: { buffer, callback: (length) => {
        received[mine] += length
        return true
      } } }, () => {
        socket.write(`GET ${path} HTTP/1.1\r\nHost: bench\r\n\r\n`)
        resolve()
      })
      socket.on('error', () => {})
      socket.on('close', () => closed++)
    })
  }
}

answer(async () => async (question: { what: 'open' | 'counts', port: number, path: string, count: number }) => {
  if (question.what === 'open')
    await open(question.port, question.path, question.count)
  return { received, closed }
})
