import type { TextKey } from '@/src/locales/translate'
import type { ImState } from '@/src/ports/ImClient'

/** What to say of chat's connection; undefined while there is nothing to say: it is fine, or has only just begun. */
export function connectionWord(connection: ImState, hasNetwork: boolean): TextKey | undefined {
  if (!hasNetwork)
    return 'live.chat.offline'
  if (connection.status === 'refused')
    return 'live.chat.refused'
  return connection.status === 'connecting' && connection.attempt > 0 ? 'live.chat.connecting' : undefined
}
