/** What apps put into roomInfo and userInfo as they please: plain text, or a JSON object. */
import type { Profile } from './people/people'
import { jsonIn } from '../jsonIn'

/** Undefined for what is no JSON object. */
export function fieldsIn(text: string): Readonly<Record<string, unknown>> | undefined {
  const value = jsonIn(text)
  return typeof value === 'object' && value !== null ? value as Record<string, unknown> : undefined
}

/** Everything that people could read in it, however deep it lies. */
export function textIn(said: string): string {
  const value = jsonIn(said)
  return typeof value === 'object' || typeof value === 'string' ? textsIn(value).join(' ') : said
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null)
    return Object.values(value).flatMap(textsIn)
  return typeof value === 'string' ? [value] : []
}

/** As the clients' own demos write it; undefined where there is no name in it. */
export function profileIn(userInfo: string): Profile | undefined {
  const { userName, userAvatar } = fieldsIn(userInfo) ?? {}
  return typeof userName === 'string' && userName !== '' ? { name: userName, avatar: typeof userAvatar === 'string' ? userAvatar : '' } : undefined
}
