/** What may be said in a room. Both sides ask: the field while the person types, the server before it stores. */
export const TEXT_MAX = 200

/** Characters that hide, reverse or break a line: directions, zero-width space, line separators, halves of a pair. */
const DECEPTIVE = /[\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\uD800-\uDFFF]/gu
// eslint-disable-next-line no-control-regex
const BREAKING = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g
/** Joiners and variation selectors shape an emoji; alone they are nothing to see. */
const SHAPING = ['\u200C', '\u200D', '\uFE0E', '\uFE0F']

/** One line without control characters, direction overrides and outer white space. */
export function cleanText(raw: string): string {
  return raw.replace(DECEPTIVE, '').replace(BREAKING, ' ').trim()
}

/** Characters as people count them: an emoji of one code point is one. */
export function textLength(text: string): number {
  return [...text].length
}

/** Why a cleaned text cannot be said; undefined when it can. */
export function textProblem(text: string): 'TEXT_EMPTY' | 'TEXT_TOO_LONG' | undefined {
  if ([...text].every(character => character.trim() === '' || SHAPING.includes(character)))
    return 'TEXT_EMPTY'
  return textLength(text) > TEXT_MAX ? 'TEXT_TOO_LONG' : undefined
}
