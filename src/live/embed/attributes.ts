/** What a template may write for a property: `debug="false"` is a text, and means no. */
export type Flag = boolean | string

export const isOn = (flag: Flag): boolean => !['false', '0', 'undefined', 'null'].includes(String(flag))

export const BEAUTY_MAX = 9
/** What switching it on means where it was 0. */
export const BEAUTY_USUAL = 5

/** 0 to 9; anything else is the usual. */
export function beautyOf(value: number | string): number {
  const level = Math.round(Number(value))
  return Number.isFinite(level) ? Math.min(Math.max(level, 0), BEAUTY_MAX) : BEAUTY_USUAL
}

/** Who: an event of the old template (`data-userid`), a person as told by an event, or the id itself. */
export type Whom = string | { readonly userID?: string, readonly currentTarget?: { readonly dataset?: { readonly userid?: string } } } | undefined

export function userIdOf(whom: Whom): string {
  return typeof whom === 'string' ? whom : whom?.userID ?? whom?.currentTarget?.dataset?.userid ?? ''
}
