/** What the old clients read of the room service's answers; a field that a generation does not know is not asked for. */
export interface OldPusher {
  readonly userID: string
  readonly userName: string
  readonly userAvatar: string
  readonly accelerateURL: string
}

export interface OldRoom {
  readonly roomID: string
  readonly roomInfo: string
  readonly roomCreator: string
  readonly mixedPlayURL: string
  readonly roomStatusCode?: number
  readonly custom?: Readonly<Record<string, string | number>>
  readonly audienceCount?: number
  readonly pushers: readonly OldPusher[]
}

export interface Answer extends Partial<Omit<OldRoom, 'custom'>> {
  readonly code: number
  readonly message: string
  /** Unix milliseconds. */
  readonly timestamp: number
  readonly userID?: string
  readonly token?: string
  readonly pushURL?: string
  readonly accelerateURL?: string
  readonly rooms?: readonly OldRoom[]
  /** An object for the newer generation, JSON for the first. */
  readonly custom?: Readonly<Record<string, string | number>> | string
  readonly customInfo?: string
  readonly audiences?: readonly { readonly userID: string, readonly userInfo: string }[]
  readonly merge_code?: number
  readonly merge_msg?: string
  readonly result?: { readonly code: number, readonly message: string, readonly timestamp: number }
}

/** Of what fails; 0: nothing does. */
export const codeOf = (task: Promise<unknown>): Promise<number> => task.then(() => 0, ({ code }: { code: number }) => code)

/** As the page is told of it. */
export class OldFailure extends Error {
  override readonly name = 'OldFailure'
  constructor(readonly code: number, readonly action: string, message: string) {
    super(`${action}: ${message}[${code}]`)
  }
}
