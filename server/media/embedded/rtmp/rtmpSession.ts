import type { Socket } from 'node:net'
import type { LiveStream } from '../liveStream'
import type { CloseReason, Publisher } from '../publisher'
import type { Query, Refusal, StreamHub } from '../streamHub'
import type { AmfValue } from './amf0'
import type { RtmpMessage } from './message'
import { randomUUID } from 'node:crypto'
import { BoundedReader } from '../boundedReader'
import { uint32 } from '../bytes'
import { farewell } from '../farewell'
import { FlvTagType } from '../flv'
import { isRefusal } from '../streamHub'
import { decodeAmf0, encodeAmf0 } from './amf0'
import { encodeMessage } from './chunkWriter'
import { UserControl } from './message'
import { RtmpConnection } from './rtmpConnection'

const APP = 'live'
const MEDIA_STREAM = 1
const MEDIA_CHUNK_STREAM = { [FlvTagType.Audio]: 4, [FlvTagType.Video]: 6, [FlvTagType.Script]: 5 }
const SET_DATA_FRAME = encodeAmf0('@setDataFrame')

const REFUSED: Record<Refusal, { code: string, description: string }> = {
  badName: { code: 'BadName', description: 'No such stream name.' },
  unsigned: { code: 'Denied', description: 'The URL is not signed, or for another stream.' },
  expired: { code: 'Denied', description: 'The URL has expired.' },
  notAllowed: { code: 'Rejected', description: 'The room does not take this stream.' },
  notFound: { code: 'StreamNotFound', description: 'The stream is not live.' },
  full: { code: 'Rejected', description: 'The server is full.' },
}
const CLOSED: Record<CloseReason, string> = {
  takenOver: 'The stream is now published from elsewhere.',
  kicked: 'The room has ended this stream.',
  shutdown: 'The server is going down.',
  tooFast: 'The bitrate is above the limit.',
}

/** One RTMP client: commands first, then either publishing or playing. */
export class RtmpSession implements Publisher {
  readonly id = randomUUID()
  readonly kind = 'rtmp'
  private readonly connection: RtmpConnection
  private readonly cancelDeadline: () => void
  /** From `connect`; undefined before. */
  private appQuery?: string
  private published?: LiveStream
  private stopPlaying?: () => void

  constructor(socket: Socket, private readonly hub: StreamHub) {
    this.cancelDeadline = hub.clock.after(hub.limits.handshakeMs, () => this.connection.destroy())
    this.connection = new RtmpConnection(socket, hub.limits, {
      command: values => this.command(values),
      media: message => this.media(message),
      data: payload => this.data(payload),
      closed: () => {
        this.cancelDeadline()
        this.finish()
      },
    })
  }

  close(reason: CloseReason): void {
    this.finish()
    this.farewell(status('error', 'NetStream.Publish.Denied', CLOSED[reason]))
  }

  private finish() {
    const { published, stopPlaying } = this
    this.published = this.stopPlaying = undefined
    stopPlaying?.()
    if (published)
      this.hub.unpublish(published)
  }

  private media({ type, timestamp, payload }: RtmpMessage) {
    this.published?.push(type as FlvTagType, timestamp, payload)
  }

  private data(payload: Buffer) {
    const isWrapped = payload.subarray(0, SET_DATA_FRAME.length).equals(SET_DATA_FRAME)
    const script = isWrapped ? payload.subarray(SET_DATA_FRAME.length) : payload
    decodeAmf0(script) // throws before a malformed script could reach every player
    this.published?.push(FlvTagType.Script, 0, script)
  }

  private command([name, transaction, object, argument]: AmfValue[]) {
    switch (name) {
      case 'connect':
        return this.connect(transaction, object)
      case 'createStream':
        return this.connection.sendCommand(0, '_result', transaction ?? 0, null, MEDIA_STREAM)
      case 'releaseStream':
      case 'FCPublish':
        return this.connection.sendCommand(0, '_result', transaction ?? 0, null, null)
      case 'getStreamLength':
        return this.connection.sendCommand(0, '_result', transaction ?? 0, null, 0)
      case 'publish':
        return this.publish(argument)
      case 'play':
        return this.play(argument)
      case 'FCUnpublish':
      case 'deleteStream':
      case 'closeStream':
        this.finish()
        return this.connection.expectInput()
    }
  }

  private connect(transaction: AmfValue = 0, object: AmfValue) {
    // Trap: `connect` with a null object is one packet that kills a careless server.
    const address = object && typeof object === 'object' && !Array.isArray(object) ? object.app : undefined
    if (typeof address !== 'string')
      throw new Error('connect names no app')
    const [app, query = ''] = split(address)
    this.connection.announce()
    if (app.replace(/\/+$/, '') !== APP) {
      this.connection.sendCommand(0, '_error', transaction, null, status('error', 'NetConnection.Connect.InvalidApp', `The only app is "${APP}".`))
      return this.connection.end()
    }
    this.appQuery = query
    this.connection.sendCommand(0, '_result', transaction, { fmsVer: 'FMS/3,0,1,123', capabilities: 31 }, status('status', 'NetConnection.Connect.Success', 'Connected.'))
  }

  private publish(argument: AmfValue) {
    const { streamId, query } = this.target(argument)
    const stream = this.hub.publish(streamId, query, this)
    if (isRefusal(stream))
      return this.refuse('Publish', stream)
    this.published = stream
    this.cancelDeadline()
    this.connection.expectInput()
    this.connection.sendCommand(MEDIA_STREAM, 'onStatus', 0, null, status('status', 'NetStream.Publish.Start', `Publishing ${streamId}.`))
  }

  private play(argument: AmfValue) {
    const { streamId, query } = this.target(argument)
    const stream = this.hub.playable(streamId, query)
    if (isRefusal(stream))
      return this.refuse('Play', stream)
    this.cancelDeadline()
    this.connection.expectOutput()
    this.connection.sendUserControl(UserControl.StreamBegin, uint32(MEDIA_STREAM))
    this.connection.sendCommand(MEDIA_STREAM, 'onStatus', 0, null, status('status', 'NetStream.Play.Reset', `Playing ${streamId}.`))
    this.connection.sendCommand(MEDIA_STREAM, 'onStatus', 0, null, status('status', 'NetStream.Play.Start', `Playing ${streamId}.`))
    this.stopPlaying = stream.attach(new BoundedReader(stream, {
      write: (packet) => {
        packet.rtmpChunks ??= encodeMessage(MEDIA_CHUNK_STREAM[packet.type], MEDIA_STREAM, packet)
        this.connection.write(packet.rtmpChunks)
      },
      bufferedBytes: () => this.connection.bufferedBytes,
      close: () => {
        this.connection.sendUserControl(UserControl.StreamEof, uint32(MEDIA_STREAM))
        this.farewell(status('status', 'NetStream.Play.UnpublishNotify', 'The stream is over.'))
      },
    }, this.hub.limits, this.hub.clock.now))
  }

  /** OBS puts the query behind the stream key, others behind the app. */
  private target(argument: AmfValue): { streamId: string, query: Query } {
    if (typeof argument !== 'string' || this.appQuery === undefined || this.published || this.stopPlaying)
      throw new Error('publish or play before connect, without a name, or twice')
    const [streamId, query = this.appQuery] = split(argument)
    return { streamId, query: Object.fromEntries(new URLSearchParams(query)) }
  }

  /** Said aloud, so that an encoder reports the reason and not a broken network. */
  private refuse(action: 'Publish' | 'Play', refusal: Refusal) {
    const { code, description } = REFUSED[refusal]
    this.farewell(status('error', `NetStream.${action}.${code}`, description))
  }

  private farewell(info: AmfValue) {
    this.connection.sendCommand(MEDIA_STREAM, 'onStatus', 0, null, info)
    farewell(this.hub.clock, () => this.connection.end(), () => this.connection.destroy())
  }
}

const status = (level: 'status' | 'error', code: string, description: string): AmfValue => ({ level, code, description, objectEncoding: 0 })

/** At the first `?`. */
function split(address: string): [path: string, query?: string] {
  const at = address.indexOf('?')
  return at < 0 ? [address] : [address.slice(0, at), address.slice(at + 1)]
}
