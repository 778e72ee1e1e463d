/** Clients of the old room service in memory, by their account and by our id; who logged in longest ago first. */
import type { WeappPersonRow } from '../../database/schema'
import type { WeappPerson } from '../types'
import type { StoredPerson } from './peopleStore'

export const PEOPLE_MAX = 50_000
/** Making room for one, room is made for as many: asking who is in a room takes a while. */
const MADE_ROOM = PEOPLE_MAX / 100

export interface Profile {
  readonly name: string
  readonly avatar: string
}

/** SHA-256 of the token, until when it is good (unix milliseconds). */
export interface WeappSession {
  readonly tokenHash: string
  readonly expiresAt: number
}

/** Null: they have logged out. */
export interface Known {
  readonly person: WeappPerson
  readonly profile: Profile
  readonly session: WeappSession | null
}

export interface People {
  byId: (userId: string) => Known | undefined
  byAccount: (sdkAppId: number, account: string) => Known | undefined
  /** In the place of what was known. */
  put: (known: Known) => void
  /** The same, as whoever logged in last. */
  putLast: (known: Known) => void
  /** Forgets whose session is over, if nothing keeps them. */
  sweep: (now: number) => void
}

/** @param inRooms our ids of whoever has a part in an open room, and is not forgotten */
export function createPeople(inRooms: () => ReadonlySet<string>): People {
  const ids = new Map<string, Known>()
  const accounts = new Map<string, Known>()
  const put = (known: Known): void => {
    ids.set(known.person.user.id, known)
    accounts.set(keyOf(known.person), known)
  }
  const forget = ({ person }: Known): void => {
    ids.delete(person.user.id)
    accounts.delete(keyOf(person))
  }

  function makeRoom(): void {
    const kept = inRooms()
    let toGo = MADE_ROOM
    for (const known of ids.values()) {
      if (toGo === 0)
        return
      if (kept.has(known.person.user.id))
        continue
      forget(known)
      toGo--
    }
  }

  return {
    byId: userId => ids.get(userId),
    byAccount: (sdkAppId, account) => accounts.get(keyOf({ sdkAppId, account })),
    put,
    putLast(known) {
      ids.delete(known.person.user.id) // a Map keeps the place of what it had
      if (ids.size >= PEOPLE_MAX)
        makeRoom()
      put(known)
    },
    sweep(now) {
      const over = [...ids.values()].filter(({ session }) => !isGood(session, now))
      if (over.length === 0)
        return
      const kept = inRooms()
      over.filter(({ person }) => !kept.has(person.user.id)).forEach(forget)
    },
  }
}

export const isGood = (session: WeappSession | null, now: number): session is WeappSession => session !== null && now < session.expiresAt

export function toRow({ person: { user, sdkAppId, account }, profile, session }: Known): WeappPersonRow {
  return { user_id: user.id, sdk_app_id: sdkAppId, account, ...profile, token_hash: session?.tokenHash ?? null, token_expires_at: session?.expiresAt ?? 0 }
}

export function fromRow(row: StoredPerson): Known {
  return {
    person: { user: { id: row.user_id, nickname: row.nickname, avatar: row.our_avatar }, sdkAppId: row.sdk_app_id, account: row.account },
    profile: { name: row.name, avatar: row.avatar },
    session: row.token_hash === null ? null : { tokenHash: row.token_hash, expiresAt: row.token_expires_at },
  }
}

const keyOf = ({ sdkAppId, account }: Pick<WeappPerson, 'sdkAppId' | 'account'>): string => `${sdkAppId}:${account}`
