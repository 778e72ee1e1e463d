/** What the doctor says about one thing. */
import type { Text } from '../../shared/troubles/Trouble'

export const STATUSES = ['ok', 'warning', 'failed', 'unknown', 'skipped'] as const
/** `unknown`: cannot be told from here. `skipped`: the settings do not ask for it. */
export type Status = (typeof STATUSES)[number]

export const AREAS = ['machine', 'settings', 'address', 'live', 'srs', 'im', 'weChat', 'accounts'] as const
export type Area = (typeof AREAS)[number]

/** What a check saw. Something that is not right says what to do; where a console is needed, with the path through it. */
export type Outcome
  = | { readonly status: 'ok' | 'skipped', readonly found: Text }
    | { readonly status: 'warning' | 'failed', readonly found: Text, readonly fix: Text }
    | { readonly status: 'unknown', readonly found: Text, readonly fix: Text | null }

/** What a check is about, whatever it sees. */
export interface Subject {
  /** Stays the same for good: documents and scripts name it. */
  readonly id: string
  readonly area: Area
  readonly title: Text
  /** What goes wrong for people when this is not right. */
  readonly why: Text
  /** Page of the vendor, or a document of ours. */
  readonly doc: string | null
  readonly variables: readonly string[]
}

export type Finding = Subject & Outcome

export { text } from '../../shared/troubles/Trouble'
export type { Text } from '../../shared/troubles/Trouble'

export const ok = (zh: string, en: string): Outcome => ({ status: 'ok', found: { zh, en } })
export const skipped = (zh: string, en: string): Outcome => ({ status: 'skipped', found: { zh, en } })
export const warning = (found: Text, fix: Text): Outcome => ({ status: 'warning', found, fix })
export const failed = (found: Text, fix: Text): Outcome => ({ status: 'failed', found, fix })
export const unknown = (found: Text, fix: Text | null = null): Outcome => ({ status: 'unknown', found, fix })
