/** Who the person is, kept over a restart. The HTTP adapter renews it, stores listen. */
import type { Session } from '@/shared/protocol/rest'

export interface SessionKeeper {
  readonly current: Session | undefined
  keep: (session: Session) => void
  /** Called with every session kept from now on; returns what stops. */
  listen: (listener: (session: Session) => void) => () => void
}
