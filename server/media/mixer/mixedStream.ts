import type { FlvTagType } from '../embedded/flv'
import type { LiveStream } from '../embedded/liveStream'
import type { StreamHub } from '../embedded/streamHub'
import { randomUUID } from 'node:crypto'
import { createPacket } from '../embedded/flv'
import { isRefusal } from '../embedded/streamHub'

interface Tag {
  readonly type: FlvTagType
  readonly timestamp: number
  readonly body: Buffer
}

export interface MixedStreamOptions {
  readonly hub: StreamHub
  readonly streamId: string
  /** The publication was ended from outside, or refused. */
  readonly onClosed: (why: string) => void
}

/** One publication, whichever encoders work for it one after the other; it begins with the first key frame. */
export class MixedStream {
  private live?: LiveStream
  private untilKeyFrame: Tag[] = []
  private readonly lastMs = new Map<FlvTagType, number>()
  private isClosed = false

  constructor(private readonly options: MixedStreamOptions) {}

  /** Timestamps in ms since the publication began; an encoder that follows another may repeat some of its time. */
  push(tag: Tag): void {
    if (this.isClosed)
      return
    if (this.live)
      return this.send(this.live, tag)
    this.untilKeyFrame.push(tag)
    if (createPacket(tag.type, tag.timestamp, tag.body).isKeyFrame)
      this.publish()
  }

  close(): void {
    this.isClosed = true
    if (this.live)
      this.options.hub.unpublish(this.live)
  }

  private publish() {
    const { hub, streamId, onClosed } = this.options
    const stream = hub.publish(streamId, 'trusted', {
      id: randomUUID(),
      kind: 'mix',
      close: (reason) => {
        this.close()
        onClosed(reason)
      },
    })
    if (isRefusal(stream)) {
      this.close()
      return onClosed(stream)
    }
    this.live = stream
    for (const tag of this.untilKeyFrame)
      this.send(stream, tag)
    this.untilKeyFrame = []
  }

  private send(stream: LiveStream, { type, timestamp, body }: Tag) {
    const ms = Math.max(timestamp, this.lastMs.get(type) ?? 0)
    this.lastMs.set(type, ms)
    stream.push(type, ms, body)
  }
}
