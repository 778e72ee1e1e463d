/** Who the person is, kept over a restart. The HTTP adapter renews it, stores listen. */
import type { Session } from '@/shared/protocol/rest'

export interface SessionKeeper {
  readonly current: Session | undefined
  keep: (session: Session) => void
  /** Without an account nobody is let in, and this person has none: until a session is kept, there is nobody. */
  turnAway: () => void
  /** Called with every session kept from now on, and with none when the person is turned away; returns what stops. */
  listen: (listener: (session: Session | undefined) => void) => () => void
}
