import type { Outcome, Subject } from './Finding'
import type { World } from './World'

/** One thing that can be looked at. Answers within a few seconds; may throw, and is then `unknown`. */
export interface Check extends Subject {
  readonly look: (world: World) => Outcome | Promise<Outcome>
}
