/**
 * Fetches WS-FLV for mpegts.js. Its own loader throws out of an event handler, where nobody can catch it, when it is closed
 * before it has connected: as happens whenever another stream is wanted at once.
 */
import type Mpegts from 'mpegts.js'
import type { MpegtsModule } from './browser'

export function createWsLoader({ BaseLoader, LoaderErrors, LoaderStatus }: MpegtsModule): new () => Mpegts.BaseLoader {
  return class WsLoader extends BaseLoader {
    private socket: WebSocket | undefined
    private receivedBytes = 0

    constructor() {
      super('websocket-loader')
      this._needStash = true
    }

    override open({ url }: { url: string }) {
      const socket = new WebSocket(url)
      socket.binaryType = 'arraybuffer'
      socket.onopen = () => this._status = LoaderStatus.kBuffering
      socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
        const from = this.receivedBytes
        this.receivedBytes += data.byteLength
        this.onDataArrival(data, from, this.receivedBytes)
      }
      socket.onerror = () => {
        this._status = LoaderStatus.kError
        this.onError(LoaderErrors.EXCEPTION as never, { code: -1, msg: 'WebSocket' })
      }
      socket.onclose = () => {
        this._status = LoaderStatus.kComplete
        this.onComplete(0, this.receivedBytes - 1)
      }
      this.socket = socket
      this._status = LoaderStatus.kConnecting
    }

    override abort() {
      if (this.socket) {
        this.socket.onopen = this.socket.onmessage = this.socket.onerror = this.socket.onclose = null
        this.socket.close()
      }
      this.socket = undefined
      this._status = LoaderStatus.kComplete
    }

    override destroy() {
      this.abort()
      super.destroy()
    }
  }
}
