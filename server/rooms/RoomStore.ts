/** Where rooms are kept. One contract suite over every implementation: tests/conformance/roomStore.ts. */
import type { Moderation } from '../../shared/domain/moderation'
import type { RoomLife } from '../../shared/domain/room'
import type { Stage } from '../../shared/domain/stage'
import type { User } from '../../shared/protocol/rest'

export interface RoomRecord {
  readonly id: string
  readonly title: string
  /** File name under DATA_DIR/covers, or null. */
  readonly cover: string | null
  readonly anchor: User
  readonly life: RoomLife
  /** Who is on the mic, and who waits for it. */
  readonly stage: Stage<User>
  readonly moderation: Moderation<User>
  readonly createdAt: number
  readonly peakViewers: number
  readonly visitors: number
  readonly messages: number
  readonly isDemo: boolean
  /** False: found by its id alone, as a call between two people is. */
  readonly isListed: boolean
}

export interface RoomPage {
  readonly rooms: readonly RoomRecord[]
  readonly nextCursor: string | null
}

export interface RoomStore {
  /** @throws when the id is taken */
  create: (room: RoomRecord) => Promise<void>
  get: (id: string) => Promise<RoomRecord | undefined>
  /** Listed rooms that are live or interrupted, newest start first. A cursor stays valid while rooms come and go. */
  listOnAir: (cursor: string | null, limit: number) => Promise<RoomPage>
  /** Every room that has not ended: for the sweep, and after a restart. */
  listOpen: () => Promise<readonly RoomRecord[]>
  /**
   * The one atomic door: no other update of the same room happens between reading and writing.
   * `change` answers the new record, or undefined to leave it. Durable when the promise settles.
   *
   * @returns the record after the change, or undefined when there is no such room
   */
  update: (id: string, change: (room: RoomRecord) => RoomRecord | undefined) => Promise<RoomRecord | undefined>
}
