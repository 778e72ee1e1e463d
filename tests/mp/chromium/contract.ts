/** What the test and the page in the browser say to each other. */

/** What functions of wx answer instead of ours, by name. */
export type Answers = Readonly<Record<string, object>>

export interface Start {
  readonly url: string | undefined
  readonly answers: Answers
}

/** Something on the screen that a person would stumble over. */
export interface Fault {
  readonly kind: 'capsule' | 'sideways' | 'small' | 'cut' | 'order'
  /** The element's class and what it says. */
  readonly what: string
  readonly detail: string
}
