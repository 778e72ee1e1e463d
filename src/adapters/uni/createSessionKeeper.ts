/** The session, kept on the device. */
import type { KeyValue } from '@/src/ports/KeyValue'
import type { SessionKeeper } from '@/src/ports/SessionKeeper'
import * as v from 'valibot'
import { Session } from '@/shared/protocol/rest'

const KEY = 'session'

export function createSessionKeeper(keyValue: KeyValue): SessionKeeper {
  const stored = v.safeParse(Session, keyValue.read(KEY))
  const listeners = new Set<(session: Session) => void>()
  let current = stored.success ? stored.output : undefined
  return {
    get current() {
      return current
    },
    keep(session) {
      current = session
      keyValue.write(KEY, session)
      listeners.forEach(listener => listener(session))
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
