/** A socket as the chat client needs it: uni.connectSocket in the app, `ws` in tests. */
export interface SocketEvents {
  opened: () => void
  received: (text: string) => void
  /** Once, whether it ever opened or not. 1006 when there is no better code. */
  closed: (code: number) => void
}

export interface Socket {
  send: (text: string) => void
  close: () => void
}

/** Begins to connect. Events come later, never before it returns. */
export type Connect = (url: string, events: SocketEvents) => Socket
