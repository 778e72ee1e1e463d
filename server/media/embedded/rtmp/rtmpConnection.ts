import type { Socket } from 'node:net'
import type { MediaLimits } from '../limits'
import type { AmfValue } from './amf0'
import type { RtmpMessage } from './message'
import { uint32 } from '../bytes'
import { decodeAmf0, encodeAmf0 } from './amf0'
import { ChunkReader } from './chunkReader'
import { encodeMessage, OUTGOING_CHUNK_BYTES } from './chunkWriter'
import { Handshake } from './handshake'
import { MessageType, UserControl } from './message'

/** Acknowledgements asked of the peer, and sent at the latest, after so many bytes. */
const WINDOW_BYTES = 2_500_000
const SMALLEST_WINDOW_BYTES = 64 << 10
/** Before somebody may publish there are only commands to say. */
const COMMAND_BYTES = 64 << 10
const CONTROL_CHUNK_STREAM = 2
const COMMAND_CHUNK_STREAM = 3
const DYNAMIC_BANDWIDTH = 2
const KEEP_ALIVE_MS = 30_000

export interface RtmpEvents {
  command: (values: AmfValue[]) => void
  media: (message: RtmpMessage) => void
  /** Script data, AMF0. */
  data: (payload: Buffer) => void
  /** Once, whoever ended it. */
  closed: () => void
}

/** One RTMP socket: handshake, chunks, protocol control. What is said on it is for the session to understand. */
export class RtmpConnection {
  private readonly handshake = new Handshake()
  private isShakingHands = true
  private readonly chunks: ChunkReader
  private receivedBytes = 0
  private acknowledgedBytes = 0
  private windowBytes = WINDOW_BYTES
  private isEnding = false
  /** Who asks on and on and never reads the answers would fill the memory with them. */
  private maxUnsentBytes = COMMAND_BYTES

  constructor(private readonly socket: Socket, private readonly limits: MediaLimits, private readonly events: RtmpEvents) {
    this.chunks = new ChunkReader(limits, COMMAND_BYTES)
    socket.setNoDelay(true)
    socket.setKeepAlive(true, KEEP_ALIVE_MS)
    socket.on('error', () => {}) // 'close' follows
    socket.on('timeout', () => socket.destroy())
    socket.on('close', () => events.closed())
    socket.on('data', (bytes) => {
      // The only door for strangers' bytes: a throw beyond it would end the process, chat included.
      try {
        this.receive(bytes)
      }
      catch {
        socket.destroy()
      }
    })
  }

  get bufferedBytes(): number {
    return this.socket.writableLength
  }

  /** From now on messages may be as large as pictures, and silence ends the connection. */
  expectInput(): void {
    this.chunks.maxMessageBytes = this.limits.messageBytes
    this.socket.setTimeout(this.limits.idleMs)
  }

  /** From now on pictures may wait here for a slow reader. */
  expectOutput(): void {
    this.maxUnsentBytes = this.limits.deadReaderBytes
  }

  write(bytes: Buffer): void {
    if (!this.isEnding)
      this.socket.write(bytes)
  }

  sendCommand(messageStreamId: number, ...values: AmfValue[]): void {
    this.write(encodeMessage(COMMAND_CHUNK_STREAM, messageStreamId, { type: MessageType.CommandAmf0, timestamp: 0, payload: encodeAmf0(...values) }))
  }

  sendUserControl(event: number, value: Buffer): void {
    this.sendControl(MessageType.UserControl, Buffer.concat([Buffer.from([0, event]), value]))
  }

  /** What a server says before it accepts `connect`. */
  announce(): void {
    this.sendControl(MessageType.WindowAckSize, uint32(WINDOW_BYTES))
    this.sendControl(MessageType.SetPeerBandwidth, Buffer.concat([uint32(WINDOW_BYTES), Buffer.from([DYNAMIC_BANDWIDTH])]))
    this.sendControl(MessageType.SetChunkSize, uint32(OUTGOING_CHUNK_BYTES))
  }

  /** Delivers what was said, then closes. Trap: destroying a socket with unread input resets it, and the last words are lost. */
  end(): void {
    this.isEnding = true
    this.socket.end()
  }

  destroy(): void {
    this.socket.destroy()
  }

  private receive(bytes: Buffer) {
    if (this.isEnding)
      return
    this.receivedBytes += bytes.length
    const rest = this.isShakingHands ? this.handshake.receive(bytes, answer => this.write(answer)) : bytes
    if (!rest)
      return
    this.isShakingHands = false
    for (const message of this.chunks.read(rest)) {
      this.dispatch(message)
      if (this.isEnding || this.socket.destroyed)
        return
      if (this.bufferedBytes > this.maxUnsentBytes)
        throw new Error('reads no answers')
    }
    // Encoders that honour the window stop sending when nobody acknowledges.
    if (this.receivedBytes - this.acknowledgedBytes >= this.windowBytes) {
      this.acknowledgedBytes = this.receivedBytes
      this.sendControl(MessageType.Acknowledgement, uint32(this.receivedBytes))
    }
  }

  private dispatch(message: RtmpMessage) {
    const { type, payload } = message
    switch (type) {
      case MessageType.SetChunkSize:
        return this.chunks.setChunkSize(payload.readUInt32BE(0))
      case MessageType.Abort:
        return this.chunks.abort(payload.readUInt32BE(0))
      case MessageType.WindowAckSize:
        this.windowBytes = Math.min(WINDOW_BYTES, Math.max(SMALLEST_WINDOW_BYTES, payload.readUInt32BE(0)))
        return
      case MessageType.UserControl:
        if (payload.readUInt16BE(0) === UserControl.PingRequest)
          this.sendUserControl(UserControl.PingResponse, payload.subarray(2, 6))
        return
      case MessageType.Audio:
      case MessageType.Video:
        return this.events.media(message)
      case MessageType.DataAmf0:
        return this.events.data(payload)
      case MessageType.DataAmf3:
        return this.events.data(payload.subarray(1))
      case MessageType.CommandAmf0:
        return this.events.command(decodeAmf0(payload))
      case MessageType.CommandAmf3:
        return this.events.command(decodeAmf0(payload.subarray(1))) // a leading 0, then AMF0 after all
    }
  }

  private sendControl(type: number, payload: Buffer) {
    this.write(encodeMessage(CONTROL_CHUNK_STREAM, 0, { type, timestamp: 0, payload }))
  }
}
