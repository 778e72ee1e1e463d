import type { MediaCapabilities, MediaEvent, MediaProvider, Mix, Mutes, Origin, StreamFigures } from '../media/MediaProvider'

/** A media world in which a test publishes by hand. */
export class FakeMedia implements MediaProvider {
  readonly capabilities: MediaCapabilities
  readonly kicked: string[] = []
  /** What is taken away, by stream. */
  readonly mutes = new Map<string, Mutes>()
  readonly mixes = new Map<string, Mix>()
  readonly programmes = new Map<string, readonly string[]>()
  readonly live = new Map<string, string>()
  streams: StreamFigures[] = []
  private readonly listeners = new Set<(event: MediaEvent) => void>()
  private sessions = 0

  constructor(private readonly now: () => number = Date.now, { mix = false, programme = false } = {}) {
    this.capabilities = { whip: true, whep: true, forbid: false, mute: true, mix, programme }
  }

  issuePushUrls = (streamId: string, ttlMs: number, { http, rtmp }: Origin) => ({
    streamId,
    rtmp: `${rtmp}/live/${streamId}?push`,
    rtmpServer: `${rtmp}/live`,
    rtmpKey: `${streamId}?push`,
    whip: `${http}/whip/${streamId}?push`,
    expiresAt: this.now() + ttlMs,
  })

  playUrls = (streamId: string, ttlMs: number, { http, rtmp }: Origin) => ({
    flv: `${http}/live/${streamId}.flv?play`,
    wsFlv: `${http.replace('http', 'ws')}/live/${streamId}.flv?play`,
    whep: `${http}/whep/${streamId}?play`,
    rtmp: `${rtmp}/live/${streamId}?play`,
    expiresAt: this.now() + ttlMs,
  })

  isLive = async (streamId: string) => this.live.has(streamId)
  figures = () => this.streams

  kick = async (streamId: string) => {
    this.kicked.push(streamId)
    this.unpublish(streamId)
  }

  mute = async (streamId: string, mutes: Mutes) => void this.mutes.set(streamId, mutes)
  mix = async (streamId: string, mix: Mix) => void this.mixes.set(streamId, mix)

  stopMix = async (streamId: string) => {
    this.mixes.delete(streamId)
    this.unpublish(streamId)
  }

  programme = (streamId: string, sources: readonly string[]) => void this.programmes.set(streamId, sources)

  onEvent = (listener: (event: MediaEvent) => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  publish(streamId: string): string {
    const sessionId = `session${++this.sessions}`
    this.live.set(streamId, sessionId)
    this.tell({ type: 'publish', streamId, sessionId, at: this.now() })
    return sessionId
  }

  unpublish(streamId: string, sessionId = this.live.get(streamId)): void {
    if (sessionId === undefined)
      return
    if (this.live.get(streamId) === sessionId)
      this.live.delete(streamId)
    this.tell({ type: 'unpublish', streamId, sessionId, at: this.now() })
  }

  private tell(event: MediaEvent): void {
    for (const listener of this.listeners)
      listener(event)
  }
}
