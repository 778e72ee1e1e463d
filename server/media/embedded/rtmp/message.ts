/** RTMP messages (Adobe RTMP 1.0, 5.4 and 7.1). */
export interface RtmpMessage {
  readonly type: number
  /** Milliseconds, unsigned 32 bit. */
  readonly timestamp: number
  readonly payload: Buffer
}

export const MessageType = {
  SetChunkSize: 1,
  Abort: 2,
  Acknowledgement: 3,
  UserControl: 4,
  WindowAckSize: 5,
  SetPeerBandwidth: 6,
  Audio: 8,
  Video: 9,
  DataAmf3: 15,
  CommandAmf3: 17,
  DataAmf0: 18,
  CommandAmf0: 20,
} as const

export const UserControl = { StreamBegin: 0, StreamEof: 1, PingRequest: 6, PingResponse: 7 } as const

/** A timestamp field with this value says that four more bytes follow the header. */
export const EXTENDED_TIMESTAMP = 0xFFFFFF
