import type { RTCDtlsTransport } from 'werift'

const ALERT = 21
/** Level warning, description close_notify (RFC 5246, 7.2.1). */
const CLOSE_NOTIFY = Buffer.from([1, 0])

/** Tells the other side by DTLS that this is the end; the library does not, and browsers would notice after half a minute. */
export async function sayGoodbye({ dtls: socket, state, iceTransport }: RTCDtlsTransport): Promise<void> {
  if (!socket || state !== 'connected')
    return
  const { dtls, cipher } = socket
  const recordLayerHeader = { contentType: ALERT, protocolVersion: dtls.version, epoch: dtls.epoch, sequenceNumber: ++dtls.recordSequenceNumber, contentLen: CLOSE_NOTIFY.length }
  const record = cipher.encryptPacket({ recordLayerHeader, fragment: CLOSE_NOTIFY } as Parameters<typeof cipher.encryptPacket>[0])
  const { protocolVersion, epoch, sequenceNumber } = record.recordLayerHeader
  const header = Buffer.alloc(13)
  header.set([ALERT, protocolVersion.major, protocolVersion.minor])
  header.writeUInt16BE(epoch, 3)
  header.writeUIntBE(sequenceNumber, 5, 6)
  header.writeUInt16BE(record.fragment.length, 11)
  await iceTransport.connection.send(Buffer.concat([header, record.fragment]))
  await new Promise(resolve => setImmediate(resolve)) // the socket looks the address up before it sends
}
