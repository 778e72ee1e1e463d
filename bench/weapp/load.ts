/** Asks over connections that are kept, each again as soon as it is answered. */
import type { Socket } from 'node:net'
import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import { connect } from 'node:net'

const CONNECTIONS = 32

export function requestOf(path: string, body: object): Buffer {
  const json = JSON.stringify(body)
  return Buffer.from(`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`)
}

export interface Load {
  /** Answers so far. */
  readonly answers: () => number
  readonly stop: () => void
}

/** The first answer whose body `isGood` does not take ends the bench. */
export async function startLoad(port: number, requests: readonly Buffer[], isGood: (body: string) => boolean): Promise<Load> {
  let answers = 0
  let next = 0
  const ask = (socket: Socket): boolean => socket.write(requests[next++ % requests.length])
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    let heard = ''
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
      const end = heard.indexOf('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(heard)?.[1])
      if (end < 0 || heard.length < end + 4 + length)
        return
      if (!isGood(heard.slice(end + 4)))
        throw new Error(`this is no good answer: ${heard.slice(end + 4)}`)
      heard = ''
      answers++
      ask(socket)
    })
    ask(socket)
    return socket
  }))
  return {
    answers: () => answers,
    stop: () => sockets.forEach(socket => socket.destroy()),
  }
}
