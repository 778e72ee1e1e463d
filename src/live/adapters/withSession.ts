/** Doors that only the live package uses are asked in the person's name, as RoomApi asks its own. */
import type { RoomApi } from '@/src/ports/RoomApi'
import type { SessionKeeper } from '@/src/ports/SessionKeeper'
import { ApiFailure } from '@/src/ports/RoomApi'

export interface SessionAccess {
  readonly session: Pick<SessionKeeper, 'current'>
  /** Makes a guest of a newcomer. */
  readonly api: Pick<RoomApi, 'refreshSession'>
}

/** Asks with a token, and once more with a fresh one when the server no longer takes it. @throws ApiFailure */
export async function withSession<Answer>({ api, session }: SessionAccess, ask: (token: string) => Promise<Answer>): Promise<Answer> {
  const { token } = session.current ?? await api.refreshSession()
  try {
    return await ask(token)
  }
  catch (cause) {
    if (!(cause instanceof ApiFailure && cause.code === 'UNAUTHORIZED'))
      throw cause
    return ask((await api.refreshSession()).token)
  }
}
