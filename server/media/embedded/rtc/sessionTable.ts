import type { MediaLimits } from '../limits'
import type { RtcSession } from './rtcSession'
import { PerClient } from '../perClient'

interface Entry {
  readonly session: RtcSession
  readonly address: string
}

/** The sessions under /rtc. Their ids are random: whoever was given the Location may end the session, nobody else. */
export class SessionTable {
  private readonly entries = new Map<string, Entry>()
  private readonly perClient = new PerClient()

  constructor(private readonly limits: Pick<MediaLimits, 'rtcSessions' | 'rtcSessionsPerAddress'>) {}

  get size(): number {
    return this.entries.size
  }

  hasRoomFor(address: string): boolean {
    return this.entries.size < this.limits.rtcSessions && this.perClient.countOf(address) < this.limits.rtcSessionsPerAddress
  }

  add(id: string, session: RtcSession, address: string): void {
    this.entries.set(id, { session, address })
    this.perClient.add(address)
  }

  find(id: string): RtcSession | undefined {
    return this.entries.get(id)?.session
  }

  /** May be called twice. */
  remove(id: string): void {
    const entry = this.entries.get(id)
    if (!entry)
      return
    this.entries.delete(id)
    this.perClient.remove(entry.address)
  }

  closeAll(): void {
    for (const { session } of [...this.entries.values()])
      session.close()
  }
}
