/** The doors of our own server that only the tools use. */
import type { HttpRequest } from '@/src/adapters/http/httpRequest'
import type { RoomApi } from '@/src/ports/RoomApi'
import type { SessionKeeper } from '@/src/ports/SessionKeeper'
import type { ToolsApi } from '@/src/ports/ToolsApi'
import { TestStream } from '@/shared/protocol/testStream'
import { parseAnswer } from '@/src/adapters/http/httpRequest'
import { ApiFailure } from '@/src/ports/RoomApi'

export interface ToolsApiOptions {
  readonly request: HttpRequest
  readonly session: Pick<SessionKeeper, 'current'>
  readonly api: Pick<RoomApi, 'refreshSession'>
}

export function createToolsApi({ api, request, session }: ToolsApiOptions): ToolsApi {
  const open = async (token: string) => parseAnswer(TestStream, await request({ method: 'POST', path: '/api/test-streams', token }))

  return {
    async openTestStream() {
      const { token } = session.current ?? await api.refreshSession()
      try {
        return await open(token)
      }
      catch (cause) {
        if (!(cause instanceof ApiFailure) || cause.code !== 'UNAUTHORIZED')
          throw cause
        return open((await api.refreshSession()).token)
      }
    },
  }
}
