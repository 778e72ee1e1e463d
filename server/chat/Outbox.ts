/** The way out to one socket: what waits in it tells how its reader keeps up. */
import type { ServerMessage } from '../../shared/protocol/ws'
import type { Priority } from './priority'
import { CloseCode } from '../../shared/protocol/ws'
import { STALL_MS } from './limits'
import { leastPassing } from './priority'

/** The part of a WebSocket that chat needs; tests hand in pairs in memory. */
export interface ChatSocket {
  /** Bytes handed over and not yet taken by the kernel. */
  readonly bufferedAmount: number
  send: (frame: Buffer) => void
  /** May be called twice. */
  close: (code: number, reason: string) => void
}

export class Outbox {
  private sentBytes = 0
  private takenBytes = 0
  private stuckSince?: number

  constructor(private readonly socket: ChatSocket) {}

  /** An answer: never passed over. */
  answer(message: ServerMessage): void {
    this.send(Buffer.from(JSON.stringify([message])))
  }

  /** One frame, made once and sent to many. Hangs up on a reader for whom too much waits already. */
  send(frame: Buffer): void {
    if (this.leastPassing === undefined)
      return this.hangUp()
    this.sentBytes += frame.length
    this.socket.send(frame)
  }

  get leastPassing(): Priority | undefined {
    return leastPassing(this.socket.bufferedAmount)
  }

  /** Looks whether the reader has taken anything since the last look; hangs up when it has been stuck too long. */
  look(now: number): void {
    const waitingBytes = this.socket.bufferedAmount
    const takenBytes = this.sentBytes - waitingBytes
    if (waitingBytes === 0 || takenBytes > this.takenBytes)
      this.stuckSince = undefined
    else
      this.stuckSince ??= now
    this.takenBytes = takenBytes
    if (this.stuckSince !== undefined && now - this.stuckSince >= STALL_MS)
      this.hangUp()
  }

  hangUp(): void {
    this.socket.close(CloseCode.tooSlow, 'reads too slowly')
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason)
  }
}
