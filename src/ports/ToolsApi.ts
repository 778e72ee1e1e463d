/** What the developer's tools ask of the server. */
import type { TestStream } from '@/shared/protocol/testStream'

export interface ToolsApi {
  /** A stream of one's own for trying things out; asked for again, the same one for longer. @throws ApiFailure NOT_FOUND: this server gives none */
  openTestStream: () => Promise<TestStream>
}
