/** Where a text stands: a chat message, a room's title, a person's name. */
export type TextPlace = 'chat' | 'title' | 'nickname'

/** A judge of what people say and show, in addition to our own list of words. Who cannot be asked lets everything through. */
export interface ContentCheck {
  /** @throws Error when nobody answers in time: then the text is let through */
  isTextFine: (text: string, place: TextPlace, userId: string) => Promise<boolean>
  /**
   * Asks for a judgement of a picture that has been accepted for now; `onRefused` is called when it is bad, seconds or minutes
   * later, or never.
   */
  checkPicture: (url: string, userId: string, onRefused: () => void) => Promise<void>
}
