/** The doors of our own server that only the tools use. */
import type { SessionAccess } from './withSession'
import type { HttpRequest } from '@/src/adapters/http/httpRequest'
import type { ToolsApi } from '@/src/ports/ToolsApi'
import { TestStream } from '@/shared/protocol/testStream'
import { parseAnswer } from '@/src/adapters/http/httpRequest'
import { withSession } from './withSession'

export interface ToolsApiOptions extends SessionAccess {
  readonly request: HttpRequest
}

export function createToolsApi({ request, ...access }: ToolsApiOptions): ToolsApi {
  return {
    openTestStream: () => withSession(access, async token => parseAnswer(TestStream, await request({ method: 'POST', path: '/api/test-streams', token }))),
  }
}
