/**
 * Lets calls through with the person's token. Nobody has to log in: the first call makes a guest. A token that the server
 * no longer takes is renewed once; when that fails too the same name and face start anew. However many calls wait, one
 * of them does the work.
 */
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { Session } from '@/shared/protocol/rest'
import type { SessionKeeper } from '@/src/ports/SessionKeeper'
import { ApiFailure } from '@/src/ports/RoomApi'

export interface Profile { readonly nickname: string, readonly avatar?: number }

export interface SessionDoor {
  open: (profile: Profile) => Promise<Session>
  renew: (token: string) => Promise<Session>
}

export interface SessionGate {
  /** A new guest; the one that is just being made, if there is one. */
  open: (profile: Profile) => Promise<Session>
  /** Calls with a token that works. */
  withToken: <T>(call: (token: string) => Promise<T>) => Promise<T>
  /** Reads what everybody may read: as the person if there is one, without making a guest. */
  withTokenIfAny: <T>(call: (token?: string) => Promise<T>) => Promise<T>
  /** The same person with a fresh token. */
  renew: () => Promise<Session>
}

/** `newProfile`: the name and face of somebody who is here for the first time. */
export function createSessionGate(keeper: SessionKeeper, door: SessionDoor, newProfile: () => Profile): SessionGate {
  let renewing: Promise<Session> | undefined

  function once(work: () => Promise<Session>): Promise<Session> {
    renewing ??= work().then((session) => {
      keeper.keep(session)
      return session
    }, (cause) => {
      if (isRefusal(cause, 'GUESTS_OFF'))
        keeper.turnAway()
      throw cause
    }).finally(() => {
      renewing = undefined
    })
    return renewing
  }

  const open = (profile: Profile) => once(() => door.open(profile))
  const renew = () => once(async () => {
    const { current } = keeper
    if (!current)
      return door.open(newProfile())
    try {
      return await door.renew(current.token)
    }
    catch (cause) {
      if (isRefusal(cause, 'UNAUTHORIZED'))
        return door.open(current.user)
      throw cause
    }
  })

  async function withToken<T>(call: (token: string) => Promise<T>): Promise<T> {
    const session = await (renewing ?? keeper.current ?? open(newProfile()))
    try {
      return await call(session.token)
    }
    catch (cause) {
      if (!isRefusal(cause, 'UNAUTHORIZED'))
        throw cause
      // Another call may have renewed it while this one was under way.
      const fresh = keeper.current && keeper.current.token !== session.token ? keeper.current : await renew()
      return call(fresh.token)
    }
  }

  return { open, renew, withToken, withTokenIfAny: call => keeper.current ? withToken(call) : call() }
}

/** One of these, said by the server. */
export const isRefusal = (cause: unknown, code: ErrorCode) => cause instanceof ApiFailure && cause.code === code
