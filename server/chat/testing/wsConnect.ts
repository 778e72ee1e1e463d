/** `ws` as the socket of a page; the kind of socket is the app's (src/adapters/socket/Socket.ts). */
import { WebSocket } from 'ws'

export interface WsEvents {
  opened: () => void
  received: (text: string) => void
  closed: (code: number) => void
}

export function wsConnect(url: string, events: WsEvents): { send: (text: string) => void, close: () => void, terminate: () => void } {
  const ws = new WebSocket(url, { perMessageDeflate: false, origin: 'https://page.example' })
  ws.on('open', events.opened)
  ws.on('message', data => events.received(data.toString()))
  ws.on('close', events.closed)
  ws.on('error', () => {}) // 'close' follows
  return {
    send: text => ws.readyState === ws.OPEN && ws.send(text),
    close: () => ws.close(),
    terminate: () => ws.terminate(),
  }
}
