import type { CreatePeer, Peer, PeerOptions } from '../Peer'
import type { MediaKind, TimedRtpPacket } from '../rtpPacket'

/** A peer whose other side is the test. */
export class FakePeer implements Peer {
  readonly sent: { kind: MediaKind, packet: TimedRtpPacket }[] = []
  keyFramesAsked = 0
  isClosed = false
  private sequenceNumber = 0

  constructor(readonly options: PeerOptions) {}

  answer = async () => 'v=0\r\n'
  send = (kind: MediaKind, packet: TimedRtpPacket) => void this.sent.push({ kind, packet })
  requestKeyFrame = () => void this.keyFramesAsked++

  close(): void {
    if (this.isClosed)
      return
    this.isClosed = true
    this.options.events.onClosed()
  }

  connect(): void {
    this.options.events.onConnected?.()
  }

  /** The other side sends a picture of one packet. */
  sendPicture(payload: Buffer, timestamp: number): void {
    this.options.events.onPacket?.('video', { sequenceNumber: this.sequenceNumber++ & 0xFFFF, timestamp, marker: true, payload })
  }
}

export class FakePeers {
  readonly all: FakePeer[] = []

  readonly create: CreatePeer = (options) => {
    const peer = new FakePeer(options)
    this.all.push(peer)
    return peer
  }

  get last(): FakePeer {
    return this.all[this.all.length - 1]
  }
}

/** Parameter sets and key picture of 16×16 pixels in one STAP-A. */
export const KEY_PICTURE = Buffer.from('78' + '0008' + '6742c00ada080800' + '0004' + '68ce3c80' + '0005' + '6588840a21', 'hex')
export const PICTURE = Buffer.from('419a210c', 'hex')
