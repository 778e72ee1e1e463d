/** A file of the person's own that can be played under the voice. */
export interface ChosenMusic {
  /** For playBGM: a blob: address on the web, a path in WeChat. */
  readonly url: string
  readonly name: string
  /** Frees the address, when it plays no more. */
  readonly release: () => void
}

/** Must follow a tap. Undefined when the person chose none; never rejects. */
export type PickMusic = () => Promise<ChosenMusic | undefined>
