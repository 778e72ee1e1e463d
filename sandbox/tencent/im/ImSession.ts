/** One socket of the SDK. Without an account it is a visitor, who may read and not speak. */
import type { Json } from './wire'

export interface Account {
  readonly id: string
  nick: string
  face: string
  readonly tinyId: string
}

export class ImSession {
  /** To the cloud a mini-program is one, too. */
  readonly platform = 'Web'
  account: Account | undefined
  /** Sent away: its ticket is worth nothing any more. */
  isKicked = false

  constructor(
    /** Of the window or device: it stays the same while a window comes back after a drop. */
    readonly instance: string,
    readonly ip: string,
    private readonly write: (servcmd: string, body: Json) => void,
    readonly close: () => void,
  ) {}

  push(servcmd: string, body: Json): void {
    this.write(servcmd, body)
  }
}
