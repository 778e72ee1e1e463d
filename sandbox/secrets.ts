/** What the consoles of the clouds would show as keys: made anew for every sandbox, and good for nothing else. */
import { randomBytes } from 'node:crypto'

export interface Secrets {
  readonly pushKey: string
  readonly playKey: string
  /** Of Cloud Live's callback template. */
  readonly callbackKey: string
  readonly secretId: string
  readonly secretKey: string
  /** Of the IM application. */
  readonly imSecretKey: string
  readonly imCallbackToken: string
  readonly weChatSecret: string
  readonly weChatMessageToken: string
}

/** @param make a secret of this many letters; a test hands in marked ones */
export function makeSecrets(make: (length: number) => string = randomLetters): Secrets {
  return {
    pushKey: make(32),
    playKey: make(32),
    callbackKey: make(32),
    secretId: make(36),
    secretKey: make(32),
    imSecretKey: make(64),
    imCallbackToken: make(32),
    weChatSecret: make(32),
    weChatMessageToken: make(32),
  }
}

const randomLetters = (length: number): string => randomBytes(length).toString('hex').slice(0, length)
