/** wx.connectSocket over a real WebSocket. */
import type { Callbacks } from './answer'
import type { Network } from './network'
import { WebSocket } from 'ws'
import { fail, succeed } from './answer'

interface ConnectOptions extends Callbacks {
  url: string
  header?: Record<string, string>
  protocols?: string[]
}

/** WeChat's limit. */
const MAX_SOCKETS = 5
const NOWHERE = 'ws://127.0.0.1:1'

export function createConnectSocket(network: Network) {
  return (options: ConnectOptions) => {
    if (network.sockets >= MAX_SOCKETS) {
      fail('connectSocket', options, 'exceed max task count')
      return
    }
    network.sockets++
    // Without a network it fails as on a phone: a task is handed out, and its onError and onClose follow.
    const socket = new WebSocket(network.isUp ? options.url : NOWHERE, options.protocols ?? [], { headers: options.header })
    const terminate = () => socket.terminate()
    network.open.add(terminate)
    socket.once('close', () => {
      network.sockets--
      network.open.delete(terminate)
    })
    socket.on('error', () => {}) // told through onError as well, when somebody listens
    succeed('connectSocket', options)
    return {
      get readyState() {
        return socket.readyState
      },
      send: ({ data, ...callbacks }: { data: string | ArrayBuffer } & Callbacks) => {
        if (socket.readyState !== WebSocket.OPEN)
          return fail('sendSocketMessage', callbacks, 'WebSocket is not connected')
        socket.send(data)
        return succeed('sendSocketMessage', callbacks)
      },
      close: ({ code = 1000, reason = '', ...callbacks }: { code?: number, reason?: string } & Callbacks = {}) => {
        socket.close(code, reason)
        return succeed('closeSocket', callbacks)
      },
      onOpen: (listener: (event: object) => void) => socket.on('open', () => listener({ header: {} })),
      onMessage: (listener: (event: object) => void) => socket.on('message', (data, isBinary) => listener({ data: isBinary ? data : String(data) })),
      onClose: (listener: (event: object) => void) => socket.on('close', (code, reason) => listener({ code, reason: String(reason) })),
      onError: (listener: (event: object) => void) => socket.on('error', error => listener({ errMsg: error.message })),
    }
  }
}
