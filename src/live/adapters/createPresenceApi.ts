/** The door for beats. A page of the web that is closed says so with its last breath. */
import type { SessionAccess } from './withSession'
import type { HttpRequest } from '@/src/adapters/http/httpRequest'
import type { PresenceApi } from '@/src/ports/PresenceApi'
import { PresenceAnswer } from '@/shared/protocol/presence'
import { parseAnswer } from '@/src/adapters/http/httpRequest'
import { withSession } from './withSession'

export interface PresenceApiOptions extends SessionAccess {
  readonly request: HttpRequest
  readonly serverUrl: string
}

export function createPresenceApi({ request, serverUrl, ...access }: PresenceApiOptions): PresenceApi {
  const pathOf = (roomId: string, visit: string) => `/api/rooms/${roomId}/presence?visit=${visit}`
  let here: string | undefined

  // #ifdef H5
  addEventListener('pagehide', () => {
    const token = access.session.current?.token
    if (here !== undefined && token !== undefined)
      fetch(serverUrl + here, { method: 'DELETE', keepalive: true, headers: { Authorization: `Bearer ${token}` } }).catch(() => {}) // nobody is left to mind
  })
  // #endif

  return {
    async beat(roomId, visit, isFresh) {
      here = pathOf(roomId, visit)
      const answer = await withSession(access, token => request({ method: 'PUT', path: pathOf(roomId, visit) + (isFresh ? '&fresh=1' : ''), token }))
      return parseAnswer(PresenceAnswer, answer).group
    },
    leave(roomId, visit) {
      here = undefined
      withSession(access, token => request({ method: 'DELETE', path: pathOf(roomId, visit), token })).catch(() => {}) // the server notices by itself
    },
  }
}
