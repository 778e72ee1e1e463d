/** What HTTP-FLV and WS-FLV have in common: the address, and a bounded reader of plain bytes. */
import type { LiveStream } from './liveStream'
import type { Query, StreamHub } from './streamHub'
import type { Track } from './streamReader'
import { BoundedReader } from './boundedReader'
import { flvHeader } from './flv'

export interface FlvRequest {
  readonly streamId: string
  readonly query: Query
}

/** `/live/<streamId>.flv?…`; undefined when it is no such address. */
export function parseFlvUrl(url: string | undefined): FlvRequest | undefined {
  const [, streamId, search = ''] = /^\/live\/([^/?]+)\.flv(?:\?(.*))?$/.exec(url ?? '') ?? []
  return streamId === undefined ? undefined : { streamId, query: Object.fromEntries(new URLSearchParams(search)) }
}

export interface ByteOutlet {
  write: (bytes: Buffer) => void
  bufferedBytes: () => number
  close: () => void
}

/**
 * Sends the stream as one endless FLV file; `?audio=opus` asks for the sound as a WHIP publisher sent it. Returns what
 * stops it.
 */
export function readFlv(hub: StreamHub, stream: LiveStream, query: Query, outlet: ByteOutlet): () => void {
  const takesOpus = query.audio === 'opus'
  let announced: Record<Track, boolean> = { audio: true, video: true }
  const reader = new BoundedReader(stream, {
    // A player that was told of no sound drops what comes later; it has to begin anew.
    trackAppeared: track => announced[track] || reader.end(),
    write: packet => outlet.write(packet.flvTag),
    writeMerged: merged => outlet.write(merged),
    bufferedBytes: outlet.bufferedBytes,
    close: outlet.close,
  }, hub.limits, hub.clock.now, takesOpus)
  let detach = () => {}
  const cancel = stream.whenTracksKnown(takesOpus, (tracks) => {
    announced = tracks
    outlet.write(flvHeader(tracks))
    detach = stream.attach(reader)
  })
  return () => {
    cancel()
    detach()
  }
}
