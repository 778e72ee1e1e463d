import type { User } from '../../shared/protocol/rest'
import type { ImServerEvents } from '../im/ImServer'

/** Who has a socket in which room, as chat tells it: known at the very moment at which a request is decided. */
export interface Presences extends Pick<ImServerEvents, 'presenceChanged'> {
  find: (roomId: string, userId: string) => User | undefined
  rename: (user: User) => void
}

export function createPresences(): Presences {
  const rooms = new Map<string, Map<string, User>>()
  return {
    find: (roomId, userId) => rooms.get(roomId)?.get(userId),
    rename(user) {
      for (const people of rooms.values()) {
        if (people.has(user.id))
          people.set(user.id, user)
      }
    },
    presenceChanged(roomId, user, presence) {
      const people = rooms.get(roomId) ?? new Map<string, User>()
      if (presence === 'here')
        people.set(user.id, user)
      else
        people.delete(user.id)
      if (people.size > 0)
        rooms.set(roomId, people)
      else
        rooms.delete(roomId)
    },
  }
}
