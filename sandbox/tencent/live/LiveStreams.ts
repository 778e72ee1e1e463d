/** The streams of the cloud: carried by the project's own media engine, each publication with the number that callbacks give it. */
import type { EmbeddedMedia } from '../../../server/media/embedded/embeddedMedia'

export interface LivePublication {
  readonly name: string
  readonly sequence: string
  /** Unix ms. */
  readonly begunAt: number
}

export type StreamNews = LivePublication & { readonly type: 'begun' | 'ended', readonly at: number }

export class LiveStreams {
  private readonly bySession = new Map<string, LivePublication>()
  /** Until when (unix ms), by name. */
  private readonly forbidden = new Map<string, number>()
  private sequence = 2_210_464_508_206_756_000n

  constructor(private readonly media: EmbeddedMedia, private readonly now: () => number, onNews: (news: StreamNews) => void) {
    media.hub.onEvent(({ type, streamId: name, sessionId, at }) => {
      if (type === 'publish') {
        const publication = { name, sequence: String(++this.sequence), begunAt: at }
        this.bySession.set(sessionId, publication)
        return onNews({ type: 'begun', at, ...publication })
      }
      const publication = this.bySession.get(sessionId)
      this.bySession.delete(sessionId)
      if (publication)
        onNews({ type: 'ended', at, ...publication })
    })
  }

  get online(): LivePublication[] {
    return [...this.bySession.values()]
  }

  isLive(name: string): boolean {
    return this.media.hub.find(name) !== undefined
  }

  drop(name: string): void {
    this.media.hub.kick(name)
  }

  forbid(name: string, until: number): void {
    this.forbidden.set(name, until)
    this.drop(name)
  }

  resume(name: string): void {
    this.forbidden.delete(name)
  }

  isForbidden(name: string): boolean {
    return (this.forbidden.get(name) ?? 0) > this.now()
  }
}
