/** wx.connectSocket over a browser's WebSocket. */
import type { Callbacks } from '../../support/wx/answer'
import type { Network } from '../../support/wx/network'
import { succeed } from '../../support/wx/answer'

type Listen = (listener: (event: object) => void) => void

export function createConnectSocket({ open }: Network) {
  return (options: Callbacks & { url: string, protocols?: string[] }) => {
    const socket = new WebSocket(options.url, options.protocols ?? [])
    const close = () => socket.close()
    open.add(close)
    socket.addEventListener('close', () => open.delete(close))
    const on = <Name extends keyof WebSocketEventMap>(name: Name, tell: (event: WebSocketEventMap[Name]) => object): Listen =>
      listener => socket.addEventListener(name, event => listener(tell(event)))
    succeed('connectSocket', options)
    return {
      get readyState() {
        return socket.readyState
      },
      send: ({ data, ...callbacks }: { data: string | ArrayBuffer } & Callbacks) => {
        socket.send(data)
        return succeed('sendSocketMessage', callbacks)
      },
      close: ({ code = 1000, reason = '', ...callbacks }: { code?: number, reason?: string } & Callbacks = {}) => {
        socket.close(code, reason)
        return succeed('closeSocket', callbacks)
      },
      onOpen: on('open', () => ({ header: {} })),
      onMessage: on('message', ({ data }) => ({ data })),
      onClose: on('close', ({ code, reason }) => ({ code, reason })),
      onError: on('error', () => ({ errMsg: 'connectSocket:fail' })),
    }
  }
}
