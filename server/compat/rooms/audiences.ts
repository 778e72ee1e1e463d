/** Who watches with an old client. Those say when they come, seldom when they go, and nothing in between. */
import type { Clock } from '../../clock'
import type { WeappPerson } from '../types'

/** After this long without a word somebody has gone. */
export const AUDIENCE_TTL_MS = 4 * 60 * 60_000

export interface Viewer {
  readonly person: WeappPerson
  /** As they sent it: `{"userName","userAvatar"}`, mostly. */
  readonly userInfo: string
}

/** A person is in one audience at a time. */
export interface Audiences {
  enter: (roomId: string, person: WeappPerson, userInfo: string) => void
  /** From that room's alone where one is named. */
  leave: (userId: string, roomId?: string) => void
  /** A word of theirs in that room was heard; whoever is not in its audience stays outside. */
  heard: (roomId: string, userId: string) => void
  /** Those of one application, who came last first. */
  list: (roomId: string, sdkAppId: number, limit: number) => readonly Viewer[]
  count: (roomId: string) => number
  expire: () => void
  forget: (roomId: string) => void
}

export interface AudiencesOptions {
  readonly clock: Pick<Clock, 'now'>
  /** Whether the chat counts them, too. */
  readonly isCounted: (person: WeappPerson) => boolean
  /** How many of a room's audience the chat does not count. */
  readonly onUncounted: (roomId: string, count: number) => void
}

interface Audience {
  readonly people: Map<string, Viewer & { heardAt: number }>
  uncounted: number
}

export function createAudiences({ clock, isCounted, onUncounted }: AudiencesOptions): Audiences {
  const rooms = new Map<string, Audience>()
  const whereabouts = new Map<string, string>()

  function count(roomId: string, audience: Audience, person: WeappPerson, by: 1 | -1): void {
    if (isCounted(person))
      return
    audience.uncounted += by
    onUncounted(roomId, audience.uncounted)
  }

  function leave(userId: string, roomId = whereabouts.get(userId)): void {
    const audience = rooms.get(roomId ?? '')
    const viewer = audience?.people.get(userId)
    if (!audience || !viewer || roomId === undefined)
      return
    audience.people.delete(userId)
    whereabouts.delete(userId)
    if (audience.people.size === 0)
      rooms.delete(roomId)
    count(roomId, audience, viewer.person, -1)
  }

  return {
    enter(roomId, person, userInfo) {
      const userId = person.user.id
      const isNew = whereabouts.get(userId) !== roomId
      if (isNew)
        leave(userId)
      const audience = rooms.get(roomId) ?? { people: new Map(), uncounted: 0 }
      rooms.set(roomId, audience)
      audience.people.set(userId, { person, userInfo, heardAt: clock.now() })
      whereabouts.set(userId, roomId)
      if (isNew)
        count(roomId, audience, person, 1)
    },
    leave,
    heard(roomId, userId) {
      const viewer = rooms.get(roomId)?.people.get(userId)
      if (viewer)
        viewer.heardAt = clock.now()
    },
    list: (roomId, sdkAppId, limit) => [...rooms.get(roomId)?.people.values() ?? []].filter(({ person }) => person.sdkAppId === sdkAppId).slice(-limit).reverse(),
    count: roomId => rooms.get(roomId)?.people.size ?? 0,
    expire() {
      const expired = [...rooms.values()].flatMap(({ people }) => [...people]).filter(([, { heardAt }]) => clock.now() - heardAt >= AUDIENCE_TTL_MS)
      for (const [userId] of expired)
        leave(userId)
    },
    forget(roomId) {
      for (const userId of rooms.get(roomId)?.people.keys() ?? [])
        whereabouts.delete(userId)
      rooms.delete(roomId)
    },
  }
}
