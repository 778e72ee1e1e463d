/** Calls of a tag's context as promises. */
export type CallFailure
  /** This platform or this version of it has no such call. */
  = | 'UNSUPPORTED'
  /** The platform refused, or did not answer in time. */
    | 'FAILED'
  /** The options make no sense. */
    | 'INVALID'

export class MediaCallError extends Error {
  override readonly name = 'MediaCallError'

  constructor(readonly code: CallFailure, message: string) {
    super(message)
  }
}

/** Options may be left out where the call takes none. @throws MediaCallError */
export type Call<Calls> = <Name extends keyof Calls>(name: Name, ...options: Calls[Name] extends (...all: infer Options) => unknown ? Options : never) =>
Promise<Calls[Name] extends (...all: never[]) => infer Result ? Result : never>
