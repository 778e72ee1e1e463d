import type { User } from '../../shared/protocol/rest'

export interface Beat {
  /** One window's stay. */
  readonly visitId: string
  /** The window has just joined, and knows nothing yet. */
  readonly isFresh: boolean
}

/** How an app tells that its person is in a room, where its chat does not run through this server. */
export interface PresenceDoor {
  /**
   * Again and again while the person is there.
   *
   * @returns where the room's chat is, if that is not called by the room's id
   * @throws AppError when the room is not there or has ended, or the person was sent away
   */
  beat: (roomId: string, user: User, beat: Beat) => Promise<string | undefined>
  /** Of a visit that nobody knows of, nothing is left. */
  leave: (roomId: string, userId: string, visitId: string) => void
}
