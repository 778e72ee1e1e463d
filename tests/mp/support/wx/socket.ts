/** wx.connectSocket over a real WebSocket. */
import type { Callbacks } from './answer'
import { WebSocket } from 'ws'
import { fail, succeed } from './answer'

interface ConnectOptions extends Callbacks {
  url: string
  header?: Record<string, string>
  protocols?: string[]
}

/** WeChat's limit. */
const MAX_SOCKETS = 5

export function createConnectSocket(open: Set<() => void>) {
  let sockets = 0
  return (options: ConnectOptions) => {
    if (sockets >= MAX_SOCKETS) {
      fail('connectSocket', options, 'exceed max task count')
      return
    }
    sockets++
    const socket = new WebSocket(options.url, options.protocols ?? [], { headers: options.header })
    const terminate = () => socket.terminate()
    open.add(terminate)
    socket.once('close', () => {
      sockets--
      open.delete(terminate)
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
