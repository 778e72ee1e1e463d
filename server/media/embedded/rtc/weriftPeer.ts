/** Peer by werift: WebRTC in TypeScript, so that whatever a stranger sends cannot abort the process. */
import type { IceConnection, RtcpPacket, RtcpSenderInfo, RTCRtpReceiver, RTCRtpSender, StunProtocol, RtpPacket as WeriftPacket } from 'werift'
import type { Clock } from '../../../clock'
import type { DatagramHandler } from './datagramGuard'
import type { Offer } from './offer'
import type { CreatePeer, Peer, PeerOptions } from './Peer'
import type { MediaKind, TimedRtpPacket } from './rtpPacket'
import type { UdpPorts } from './udpPorts'
import { RTCPeerConnection, RtcpPayloadSpecificFeedback, RtcpSrPacket, RtpHeader, RtpPacket } from 'werift'
import { writeCandidates } from './candidates'
import { guardDatagrams } from './datagramGuard'
import { sayGoodbye } from './goodbye'
import { PeerError } from './Peer'
import { remb } from './remb'
import { weriftSettings } from './weriftSettings'

export interface WeriftOptions {
  readonly ports: UdpPorts
  readonly clock: Clock
  /** From the answer to the connection. */
  readonly connectMs: number
  /** Without a packet from the other side. */
  readonly silenceMs: number
  /** What publishers are told they may send. */
  readonly maxKbps: number
}

export function createWeriftPeers(options: WeriftOptions): CreatePeer {
  return peer => new WeriftPeer(options, peer)
}

const WATCH_MS = 1000
/** Unsent bytes of a socket at which its packets are dropped; UDP has no reason to fall behind. */
const MAX_UNSENT_BYTES = 1 << 20
const PayloadFeedback = { Pli: 1, Fir: 4 } as const

class WeriftPeer implements Peer {
  private readonly native: RTCPeerConnection
  private readonly senders: Partial<Record<MediaKind, RTCRtpSender>> = {}
  private readonly stopWatching: () => void
  private videoSource?: { readonly receiver: RTCRtpReceiver, readonly ssrc: number }
  private unsentBytes = () => 0
  private isConnected = false
  private isClosed = false
  private heardAt: number

  constructor(private readonly options: WeriftOptions, private readonly peer: PeerOptions) {
    this.native = new RTCPeerConnection(weriftSettings())
    this.heardAt = options.clock.now()
    this.stopWatching = options.clock.every(WATCH_MS, () => this.watch())
    this.native.connectionStateChange.subscribe((state) => {
      if (state === 'connected')
        this.whenConnected()
      else if (state === 'disconnected' || state === 'failed' || state === 'closed')
        this.close()
    })
  }

  async answer({ sdp }: Offer): Promise<string> {
    try {
      await this.native.setRemoteDescription({ type: 'offer', sdp })
      for (const transceiver of this.native.getTransceivers()) {
        transceiver.dtlsTransport.role = 'server' // then the first word is theirs, and tells which address they use
        transceiver.dtlsTransport.onStateChange.subscribe((state) => {
          if (state === 'closed') // they said goodbye
            this.close()
        })
        if (this.peer.direction === 'receive') {
          transceiver.setDirection('recvonly')
          this.receive(transceiver.receiver)
        }
        else {
          transceiver.setDirection('sendonly')
          this.prepareToSend(transceiver.sender)
        }
      }
    }
    catch (cause) {
      throw new PeerError('badOffer', { cause })
    }
    const port = await this.options.ports.claim(range => this.bind(range))
    if (port === undefined)
      throw new PeerError('noPort')
    const { sdp: answer } = this.native.localDescription!
    return writeCandidates(this.peer.direction === 'send' ? inNoStream(answer) : answer, this.peer.addresses)
  }

  send(kind: MediaKind, packet: TimedRtpPacket): void {
    const sender = this.senders[kind]
    if (!this.isConnected || this.isClosed || !sender || this.unsentBytes() > MAX_UNSENT_BYTES)
      return
    const { sequenceNumber, timestamp, marker, payload } = packet
    // A header of its own for each viewer: the library writes into it and keeps it for retransmissions.
    const header = new RtpHeader({ sequenceNumber, timestamp, marker })
    sender.sendRtp(new RtpPacket(header, payload)).catch(() => {})
  }

  requestKeyFrame(): void {
    if (!this.isClosed && this.videoSource)
      void this.videoSource.receiver.sendRtcpPLI(this.videoSource.ssrc).catch(() => {})
  }

  close(): void {
    if (this.isClosed)
      return
    this.isClosed = true
    this.stopWatching()
    const { native } = this
    Promise.all(native.dtlsTransports.map(sayGoodbye)).catch(() => {}).then(() => native.close()).catch(() => {})
    this.peer.events.onClosed()
  }

  private async bind(range: [number, number]): Promise<number | undefined> {
    const { connection } = this.native.iceTransports[0]
    connection.options.portRange = range
    await this.native.setLocalDescription(await this.native.createAnswer())
    const [protocol] = (connection as unknown as { protocols: StunProtocol[] }).protocols
    if (!protocol)
      return undefined
    const { transport } = protocol
    transport.socket.on('error', () => this.close())
    transport.onData = guardDatagrams({
      password: connection.localPassword,
      deliver: this.whenHeard(transport.onData),
      onMoved: address => follow(connection, address),
    })
    this.unsentBytes = () => transport.socket.getSendQueueSize()
    return transport.port
  }

  /** A viewer sends reports and connectivity checks, a publisher's silence is the silence of its media. */
  private whenHeard(deliver: DatagramHandler): DatagramHandler {
    if (this.peer.direction === 'receive')
      return deliver
    return (data, address) => {
      this.heardAt = this.options.clock.now()
      deliver(data, address)
    }
  }

  private prepareToSend(sender: RTCRtpSender) {
    this.senders[sender.kind as MediaKind] = sender
    sender.onRtcp.subscribe((packet) => {
      if (isKeyFrameRequest(packet))
        this.peer.events.onKeyFrameWanted?.()
    })
  }

  private receive(receiver: RTCRtpReceiver) {
    for (const track of receiver.tracks)
      track.onReceiveRtp.subscribe(packet => this.whenPacket(receiver, packet))
    receiver.onRtcp.subscribe((packet) => {
      if (packet instanceof RtcpSrPacket)
        this.whenSenderReport(receiver.kind as MediaKind, packet.senderInfo)
    })
  }

  private whenPacket(receiver: RTCRtpReceiver, { header, payload }: WeriftPacket) {
    this.heardAt = this.options.clock.now()
    if (receiver.kind === 'video')
      this.videoSource = { receiver, ssrc: header.ssrc }
    const { sequenceNumber, timestamp, marker } = header
    this.peer.events.onPacket?.(receiver.kind as MediaKind, { sequenceNumber, timestamp, marker, payload })
  }

  private whenSenderReport(kind: MediaKind, { ntpTimestamp, rtpTimestamp }: RtcpSenderInfo) {
    if (ntpTimestamp !== 0n)
      this.peer.events.onSenderReport?.(kind, { ntpMs: ntpToMs(ntpTimestamp), rtpTimestamp })
  }

  private whenConnected() {
    if (this.isConnected || this.isClosed)
      return
    this.isConnected = true
    this.heardAt = this.options.clock.now()
    this.peer.events.onConnected?.()
  }

  private watch() {
    const { clock, connectMs, silenceMs, maxKbps } = this.options
    const silentMs = clock.now() - this.heardAt
    if (silentMs > (this.isConnected ? silenceMs : connectMs))
      this.close()
    else if (this.videoSource)
      this.sendFeedback(remb(this.videoSource.receiver.rtcpSsrc, this.videoSource.ssrc, maxKbps))
  }

  private sendFeedback(packet: RtcpPacket) {
    this.videoSource?.receiver.dtlsTransport.sendRtcp([packet]).catch(() => {})
  }
}

/**
 * Each track on its own (RFC 8830, 2: "-" is no stream): a browser then does not hold the picture back for the sound, which
 * costs up to 250 ms on a busy machine; the sound is some 70 ms late without it, and 125 ms are noticed (ITU-R BT.1359).
 * Said outright, for where there is a `cname` and no word of streams Chromium takes all tracks for those of one.
 */
const inNoStream = (sdp: string): string => sdp.replaceAll('a=sendonly\r\n', 'a=sendonly\r\na=msid:-\r\n')

/**
 * The library stays with the address that was nominated first. Browsers nominate every one they try at an ICE-lite agent,
 * also those at which our answers cannot reach them, and change networks; but they send from the one they use.
 */
function follow(connection: IceConnection, [host, port]: readonly [string, number]) {
  const pair = connection.checkList.find(({ remoteCandidate }) => remoteCandidate.host === host && remoteCandidate.port === port)
  if (pair && connection.nominated)
    connection.nominated = pair
}

function isKeyFrameRequest(packet: RtcpPacket): boolean {
  return packet instanceof RtcpPayloadSpecificFeedback && (packet.feedback?.count === PayloadFeedback.Pli || packet.feedback?.count === PayloadFeedback.Fir)
}

/** 32.32 fixed point seconds since 1900. */
const ntpToMs = (ntp: bigint): number => Number(ntp >> 32n) * 1000 + Number(ntp & 0xFFFFFFFFn) * 1000 / 2 ** 32
