import type { MediaLimits } from '../limits'
import type { RtcSession } from './rtcSession'

interface Entry {
  readonly session: RtcSession
  readonly address: string
}

/** The sessions under /rtc. Their ids are random: whoever was given the Location may end the session, nobody else. */
export class SessionTable {
  private readonly entries = new Map<string, Entry>()
  private readonly perAddress = new Map<string, number>()

  constructor(private readonly limits: Pick<MediaLimits, 'rtcSessions' | 'rtcSessionsPerAddress'>) {}

  get size(): number {
    return this.entries.size
  }

  hasRoomFor(address: string): boolean {
    return this.entries.size < this.limits.rtcSessions && (this.perAddress.get(address) ?? 0) < this.limits.rtcSessionsPerAddress
  }

  add(id: string, session: RtcSession, address: string): void {
    this.entries.set(id, { session, address })
    this.perAddress.set(address, (this.perAddress.get(address) ?? 0) + 1)
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
    const left = this.perAddress.get(entry.address)! - 1
    if (left > 0)
      this.perAddress.set(entry.address, left)
    else
      this.perAddress.delete(entry.address)
  }

  closeAll(): void {
    for (const { session } of [...this.entries.values()])
      session.close()
  }
}
