/** Tencent's own SDK in Node, as a mini-program would run it, over real sockets. */
import type { Tim, TimMessage, TimSdk } from '../../../../src/live/adapters/tim/timSdk'
import { Buffer } from 'node:buffer'
import { WebSocket } from 'ws'
import { createFakeWx } from '../../../../tests/im/support/fakeWx'

type Handler = (value?: any) => void

/** wx.SocketTask on a socket of Node's. */
function connectSocket({ url }: { readonly url: string }) {
  const socket = new WebSocket(url)
  socket.binaryType = 'arraybuffer'
  return {
    onOpen: (handler: Handler) => void socket.on('open', () => handler({ header: {} })),
    onMessage: (handler: Handler) => void socket.on('message', data => handler({ data: data instanceof ArrayBuffer ? data : Buffer.from(data as Buffer).toString('utf8') })),
    onError: (handler: Handler) => void socket.on('error', error => handler({ errMsg: error.message })),
    onClose: (handler: Handler) => void socket.on('close', (code, reason) => handler({ code, reason: String(reason) })),
    send: ({ data }: { readonly data: ArrayBuffer | string }) => void (socket.readyState === WebSocket.OPEN && socket.send(data)),
    close: () => socket.close(),
  }
}

/** What our own app does not ask of it, and clients of the old room service do. */
export interface OldTim extends Tim {
  readonly createGroup: (group: { groupID: string, name: string, type: string }) => Promise<unknown>
  readonly dismissGroup: (groupID: string) => Promise<unknown>
  readonly createCustomMessage: (message: { to: string, conversationType: string, payload: { data: string, description: string, extension: string } }) => TimMessage | Promise<never>
}

export interface SdkMessage {
  readonly type: string
  readonly from: string
  readonly to: string
  readonly nick: string
  readonly conversationType: string
  readonly payload: Record<string, any>
}

/** The SDK is made once for each application of a process. */
export async function loadSdk() {
  const wx = { ...createFakeWx(() => {
    throw new Error('sockets are real here')
  }), connectSocket }
  Object.assign(globalThis, { wx, getApp: () => ({}), getCurrentPages: () => [], __wxConfig: {} })
  const { default: TIM } = await import('tim-wx-sdk/tim-wx.es.js') as { default: TimSdk }
  return TIM
}

export async function createSdkUser(TIM: TimSdk, sdkAppId: number, socketUrl: string) {
  const tim = TIM.create({ SDKAppID: sdkAppId, proxyServer: socketUrl }) as OldTim
  tim.setLogLevel(4)
  const messages: SdkMessage[] = []
  const kicks: string[] = []
  const states: string[] = []
  tim.on(TIM.EVENT.MESSAGE_RECEIVED, ({ data }) => void messages.push(...data as SdkMessage[]))
  tim.on(TIM.EVENT.KICKED_OUT, ({ data }) => void kicks.push((data as { type: string }).type))
  tim.on(TIM.EVENT.NET_STATE_CHANGE, ({ data }) => void states.push((data as { state: string }).state))
  return {
    tim,
    messages,
    kicks,
    states,
    async login(userID: string, userSig: string): Promise<void> {
      const ready = new Promise<void>(resolve => tim.on(TIM.EVENT.SDK_READY, () => resolve()))
      await tim.login({ userID, userSig })
      await ready
    },
    join: (groupID: string) => tim.joinGroup({ groupID, type: 'AVChatRoom' }),
    say: async (to: string, text: string) => tim.sendMessage(await tim.createTextMessage({ to, conversationType: 'GROUP', payload: { text } })),
  }
}
