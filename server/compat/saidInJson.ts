/** What apps put into roomInfo and userInfo as they please: plain text, or a JSON object. */
import type { Profile } from './people'

/** Undefined for what is no JSON object. */
export function fieldsIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value as Record<string, unknown> : undefined
  }
  catch {
    return undefined
  }
}

/** Everything that people could read in it. */
export function textIn(said: string): string {
  const fields = fieldsIn(said)
  return fields ? Object.values(fields).filter(value => typeof value === 'string').join(' ') : said
}

/** As the clients' own demos write it; undefined where there is no name in it. */
export function profileIn(userInfo: string): Profile | undefined {
  const { userName, userAvatar } = fieldsIn(userInfo) ?? {}
  return typeof userName === 'string' && userName !== '' ? { name: userName, avatar: typeof userAvatar === 'string' ? userAvatar : '' } : undefined
}
