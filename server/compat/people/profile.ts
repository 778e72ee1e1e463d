/** What old clients call themselves: judged, and cut to what is shown of a person here. */
import type { User } from '../../../shared/protocol/rest'
import type { Accounts } from '../../auth/accounts'
import type { JudgeText } from '../../moderation/createTextJudge'
import type { Profile } from './people'
import * as v from 'valibot'
import { Nickname, NICKNAME_MAX } from '../../../shared/protocol/rest'

const NAME_MAX = 100
const ADDRESS = /^https?:\/\/[^\s"'<>\\]{1,1000}$/i
/** One of the app's own pictures by its number or its name; an address of another kind has a colon. */
const SHORT_TEXT = /^[^\s:"'<>\\]{1,64}$/

/** Of somebody who has said nothing yet. */
export const nicknameFor = (account: string): string => `用户${account.slice(-4)}`

/** Undefined for a name in which there is nothing to see. */
export function nicknameOf(name: string): string | undefined {
  const parsed = v.safeParse(Nickname, cut(name.replace(/\s+/g, ' ').trim(), NICKNAME_MAX))
  return parsed.success ? parsed.output : undefined
}

export function bounded({ name, avatar }: Profile): Profile {
  return {
    name: cut(name, NAME_MAX),
    avatar: ADDRESS.test(avatar) || SHORT_TEXT.test(avatar) ? avatar : '',
  }
}

export interface RenameOptions {
  readonly accounts: Pick<Accounts, 'update'>
  readonly judgeText: JudgeText
  /** Tells the rooms and the chat. */
  readonly changed: (user: User) => Promise<void>
}

/** @returns the person under their new name, or undefined: it was not let through, or is no name */
export type Rename = (user: User, name: string) => Promise<User | undefined>

export function createRename({ accounts, judgeText, changed }: RenameOptions): Rename {
  return async (user, name) => {
    const nickname = nicknameOf(name)
    // The whole of it: other old clients are shown what was cut off, too.
    if (nickname === undefined || await judgeText(name, 'nickname', user.id) === 'blocked')
      return undefined
    if (nickname === user.nickname)
      return user
    const renamed = await accounts.update(user.id, { nickname })
    if (renamed)
      await changed(renamed)
    return renamed
  }
}

/** Leaves no half of a character. */
const cut = (text: string, max: number): string => text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '')
