/** The part of WeChat's `wx` that the IM SDK touches. The far end of its sockets is in the hands of a test. */
type Callback = (value?: unknown) => void

interface Options {
  readonly success?: Callback
  readonly fail?: Callback
  readonly complete?: Callback
}

export interface SocketBackend {
  accept: (socket: FakeSocket) => void
  receive: (socket: FakeSocket, data: string | ArrayBuffer) => void
}

/** wx.SocketTask on the SDK's side; open, deliver and drop are the server's side. */
export class FakeSocket {
  readyState = 0
  private readonly handlers: Partial<Record<'open' | 'message' | 'error' | 'close', Callback>> = {}

  constructor(private readonly backend: SocketBackend) {}

  onOpen = (handler: Callback) => void (this.handlers.open = handler)
  onMessage = (handler: Callback) => void (this.handlers.message = handler)
  onError = (handler: Callback) => void (this.handlers.error = handler)
  onClose = (handler: Callback) => void (this.handlers.close = handler)

  send = ({ data, success }: Options & { readonly data: string | ArrayBuffer }) => {
    if (this.readyState === 1)
      this.backend.receive(this, data)
    success?.({})
  }

  close = () => this.drop()

  open() {
    this.readyState = 1
    this.handlers.open?.({ header: {} })
  }

  deliver(data: ArrayBuffer) {
    setTimeout(() => this.readyState === 1 && this.handlers.message?.({ data }), 1)
  }

  drop() {
    if (this.readyState === 3)
      return
    this.readyState = 3
    setTimeout(() => this.handlers.close?.({ code: 1006, reason: '' }), 0)
  }
}

const DEVICE = {
  fontSizeSetting: 16, // the SDK takes this field as the sign that it is in a mini-program
  platform: 'devtools',
  system: 'iOS 17',
  model: 'iPhone',
  brand: 'Apple',
  SDKVersion: '3.8.0',
  version: '8.0.50',
  language: 'zh_CN',
  pixelRatio: 3,
  windowWidth: 390,
  windowHeight: 844,
  screenWidth: 390,
  screenHeight: 844,
}

function succeed(options: Options | undefined, result: unknown) {
  options?.success?.(result)
  options?.complete?.(result)
  return Promise.resolve(result)
}

/** A plain object with own keys: the SDK copies the functions out of it. */
export function createFakeWx(backend: () => SocketBackend) {
  const storage = new Map<string, unknown>()
  return {
    getSystemInfoSync: () => DEVICE,
    getSystemInfo: (options?: Options) => succeed(options, DEVICE),
    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void storage.set(key, value),
    removeStorageSync: (key: string) => void storage.delete(key),
    getStorageInfoSync: () => ({ keys: [...storage.keys()], currentSize: 0, limitSize: 10_240 }),
    getStorage: (options: Options & { readonly key: string }) => succeed(options, { data: storage.get(options.key) }),
    setStorage(options: Options & { readonly key: string, readonly data: unknown }) {
      storage.set(options.key, options.data)
      return succeed(options, {})
    },
    getNetworkType: (options?: Options) => succeed(options, { networkType: 'wifi' }),
    onNetworkStatusChange: () => {},
    offNetworkStatusChange: () => {},
    onAppShow: () => {},
    onAppHide: () => {},
    offAppShow: () => {},
    offAppHide: () => {},
    request(options: Options) {
      setTimeout(() => options.fail?.({ errMsg: 'request:fail' }), 1)
      return { abort() {} }
    },
    connectSocket() {
      const socket = new FakeSocket(backend())
      setTimeout(() => backend().accept(socket), 1)
      return socket
    },
  }
}

/** Before the SDK is loaded: it looks at these while its module is evaluated. `backend` is asked for every socket anew. */
export function installMiniProgram(backend: () => SocketBackend): void {
  Object.assign(globalThis, { wx: createFakeWx(backend), getApp: () => ({}), getCurrentPages: () => [], __wxConfig: {} })
}
