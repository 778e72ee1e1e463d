/** What an anchor has said about the order in a room: a value that lasts as long as the room. */
export interface Moderation<Person> {
  /** Nobody but the anchor may speak. */
  readonly isEveryoneSilenced: boolean
  /** May watch, and not speak; who was silenced last comes last. */
  readonly silenced: readonly Person[]
  /** Was sent away and is not let in again. */
  readonly removed: readonly Person[]
}

export const UNMODERATED: Moderation<never> = { isEveryoneSilenced: false, silenced: [], removed: [] }
