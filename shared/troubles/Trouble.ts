/** What a vendor's code means, and what helps. */

/** The same in both languages. */
export interface Text {
  readonly zh: string
  readonly en: string
}

export const text = (zh: string, en: string): Text => ({ zh, en })

export const SOURCES = ['tag', 'im', 'roomService', 'weChat', 'cloud'] as const
/** Whose code it is: numbers repeat from one to the next. */
export type Source = (typeof SOURCES)[number]

export interface Trouble {
  readonly source: Source
  /** Several where one answer serves all. */
  readonly codes: readonly (number | string)[]
  readonly meaning: Text
  readonly causes: readonly Text[]
  /** The first is tried first. */
  readonly fixes: readonly Text[]
  /** Page of the vendor. */
  readonly doc: string
}
