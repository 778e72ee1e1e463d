/** The session, kept on the device. */
import type { KeyValue } from '@/src/ports/KeyValue'
import type { SessionKeeper } from '@/src/ports/SessionKeeper'
import * as v from 'valibot'
import { Session } from '@/shared/protocol/rest'

const KEY = 'session'

/** `remembers`: not where the page says who is here, who may be somebody else than the last time. */
export function createSessionKeeper(keyValue: KeyValue, remembers = true): SessionKeeper {
  const stored = v.safeParse(Session, keyValue.read(KEY))
  const listeners = new Set<(session: Session | undefined) => void>()
  let current = remembers && stored.success ? stored.output : undefined
  return {
    get current() {
      return current
    },
    keep(session) {
      current = session
      keyValue.write(KEY, session)
      listeners.forEach(listener => listener(session))
    },
    turnAway() {
      current = undefined
      listeners.forEach(listener => listener(current))
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
