/** What rooms do for the old room service's clients beyond what our own app asks of them; server/compat speaks for these. */
import type { AdmissionMode } from '../../shared/domain/stage'
import type { Room, User } from '../../shared/protocol/rest'

export interface WeappRoom {
  readonly id: string
  readonly title: string
  readonly isListed: boolean
  /** `closed` where its anchor cannot hear who applies; guests of the old service are let in all the same. */
  readonly admission: AdmissionMode
}

export interface WeappDoor {
  /** This person may publish on their line from now on, for `ttlMs` or until they are in a room; who never is is cut off then. */
  openLine: (userId: string, ttlMs: number) => void
  /** Opens a room around whose anchor's line is on air already, or will be; live at once in the first case. Open ones of the same anchor end. */
  open: (anchor: User, room: WeappRoom) => Promise<Room>
  /**
   * A seat for somebody on a line: the anchor's consent was given elsewhere, or, with `needsConsent`, has to have been given
   * here. Linked at once: such people join when their stream is there, and are seen by their beats. Said twice, it is once.
   * Seats of theirs in other rooms are left.
   *
   * @throws RoomNotFound, RoomEnded, Removed, LinkMicRefused STAGE_FULL, WAIT (removed a moment ago) or GONE (no consent)
   */
  seat: (roomId: string, user: User, rules: { readonly seatsMax: number, readonly needsConsent: boolean }) => Promise<Room>
  /** Does nothing when they have no seat. */
  leaveSeat: (roomId: string, userId: string) => Promise<void>
  /** A beat of theirs was heard: after a restart of this server it says that they are there still. */
  isThere: (roomId: string, user: User) => void
  /** Which guests are mixed with the anchor, by our ids; null: all of them. Holds while the room is open. */
  chooseMixed: (roomId: string, userIds: readonly string[] | null) => void
  /** Every room that has not ended, newest first. */
  openRooms: () => readonly Room[]
  find: (roomId: string) => Room | undefined
  /** People who watch by the old service, where our chat does not see them. */
  setViewersElsewhere: (roomId: string, count: number) => void
}
