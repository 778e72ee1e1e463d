/** What the chat has done since it started; grows only. */
export interface ChatCounts {
  /** Texts stored. */
  said: number
  /** Frames handed to sockets for a room's news. */
  frames: number
  /** Times a reader that fell behind was passed over for a while. */
  passedOver: number
  /** Requests answered with `failed`. */
  refused: number
}

export function createChatCounts(): ChatCounts {
  return { said: 0, frames: 0, passedOver: 0, refused: 0 }
}
