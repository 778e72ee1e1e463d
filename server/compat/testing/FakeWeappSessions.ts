import type { User } from '../../../shared/protocol/rest'
import type { WeappPerson, WeappSessions } from '../types'

/** People of the old room service who have been let in already. */
export class FakeWeappSessions implements WeappSessions {
  private readonly people = new Map<string, WeappPerson>()
  private readonly profiles = new Map<string, { readonly name: string, readonly avatar: string }>()

  /** Tells the rooms of a new name. */
  changed: (user: User) => Promise<void> = async () => {}

  add(person: WeappPerson): WeappPerson {
    this.people.set(person.user.id, person)
    return person
  }

  login = () => Promise.reject(new Error('Everybody is logged in.'))
  authenticate = () => {
    throw new Error('Everybody is logged in.')
  }

  logout = () => {}
  isLoggedIn = (userId: string) => this.people.has(userId)
  personOf = (userId: string) => this.people.get(userId)
  find = (sdkAppId: number, account: string) => [...this.people.values()].find(one => one.sdkAppId === sdkAppId && one.account === account)
  profileOf = (userId: string) => this.profiles.get(userId)

  setProfile = async ({ user: { id } }: WeappPerson, profile: { readonly name: string, readonly avatar: string }) => {
    this.profiles.set(id, profile)
    const { user, ...rest } = this.people.get(id)!
    const renamed = { ...user, nickname: profile.name }
    this.people.set(id, { ...rest, user: renamed })
    await this.changed(renamed)
  }
}
