/** Tells our own server who is in a room, where somebody else's service carries the chat. */
export interface PresenceApi {
  /**
   * This window is in the room; said again and again. `isFresh`: it has just joined, and knows nothing yet.
   *
   * @returns where the room's chat is, if that is not called by the room's id
   * @throws ApiFailure
   */
  beat: (roomId: string, visit: string, isFresh: boolean) => Promise<string | undefined>
  /** It has left. Nobody waits for it: a beat that does not come says the same later. */
  leave: (roomId: string, visit: string) => void
}
