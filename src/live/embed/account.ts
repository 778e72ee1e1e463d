/** Who is logged in, and where. */
import type { EmbeddedServices } from './embeddedServices'
import type { Words } from './words'
import type { Session, User } from '@/shared/protocol/rest'
import { avatarArt } from '@/src/components/avatarArt'

export interface AccountInfo {
  readonly userID: string
  readonly userName: string
  /** An address for an image: the person's own picture, or a drawing. */
  readonly userAvatar: string
}

export interface Account {
  readonly services: EmbeddedServices
  readonly words: Words
  /** As it is now. */
  readonly user: User
  readonly info: AccountInfo
  /** What chat is opened with; renewed when `isFresh`. @throws ApiFailure */
  session: (isFresh: boolean) => Promise<Session>
}

/** @throws Error when nobody has logged in on these services */
export function createAccount(services: EmbeddedServices, words: Words): Account {
  const { platform, roomApi, sessionKeeper } = services
  if (!sessionKeeper.current)
    throw new Error('There is no session.')
  let { user } = sessionKeeper.current
  sessionKeeper.listen((session) => {
    user = session?.user ?? user
  })
  return {
    services,
    words,
    get user() {
      return user
    },
    get info() {
      return presentPerson(user, platform.serverUrl)
    },
    session: async isFresh => !isFresh && sessionKeeper.current ? sessionKeeper.current : roomApi.refreshSession(),
  }
}

/** A person in the words of the old component. */
export function presentPerson(user: User, serverUrl: string): AccountInfo {
  return { userID: user.id, userName: user.nickname, userAvatar: user.picture ? serverUrl + user.picture : avatarArt(user.avatar) }
}
