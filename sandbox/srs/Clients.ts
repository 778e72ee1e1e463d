/** Who is connected to the double, and what is published: what SRS calls its statistics (srs_app_statistic.cpp). */
import { randomBytes } from 'node:crypto'

export type ClientType = 'fmle-publish' | 'rtmp-play' | 'flv-play' | 'rtc-publish' | 'rtc-play'

export interface Client {
  readonly id: string
  readonly type: ClientType
  readonly ip: string
  readonly tcUrl: string
  readonly app: string
  readonly stream: string
  /** What stood behind the stream's name. */
  readonly param: string
  /** Unix ms. */
  readonly since: number
  /** Hangs up. */
  readonly close: () => void
}

/** Stays when its publication is over, inactive, with the publisher it had. */
export interface StreamEntry {
  readonly id: string
  readonly app: string
  readonly name: string
  isActive: boolean
  publisherId: string
}

/** `vid-` and seven letters, as SRS makes them. */
export const newId = (prefix = '') => prefix + randomBytes(5).toString('base64url').replace(/\W|_/g, 'x').slice(0, 7).toLowerCase()

export class Clients {
  readonly clients = new Map<string, Client>()
  readonly streams = new Map<string, StreamEntry>()

  add(client: Omit<Client, 'id' | 'since'>): Client {
    const added: Client = { ...client, id: newId(), since: Date.now() }
    this.clients.set(added.id, added)
    return added
  }

  remove(client: Client): void {
    this.clients.delete(client.id)
  }

  /** False: somebody else publishes it (ERROR_SYSTEM_STREAM_BUSY). */
  acquire({ id, app, stream }: Client): boolean {
    const entry = this.streams.get(stream) ?? { id: newId('vid-'), app, name: stream, isActive: false, publisherId: id }
    if (entry.isActive)
      return false
    this.streams.set(stream, Object.assign(entry, { isActive: true, publisherId: id }))
    return true
  }

  release({ id, stream }: Client): void {
    const entry = this.streams.get(stream)
    if (entry?.publisherId === id)
      entry.isActive = false
  }

  isBusy(stream: string): boolean {
    return this.streams.get(stream)?.isActive === true
  }

  publisherOf(stream: string): Client | undefined {
    const entry = this.streams.get(stream)
    return entry?.isActive ? this.clients.get(entry.publisherId) : undefined
  }

  isPublisher = ({ type }: Client): boolean => type.endsWith('publish')
}
