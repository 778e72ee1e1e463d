/**
 * What streams are called on Tencent Cloud Live. Its mixing takes names of letters, digits and `_` alone (CommonMixInputParam,
 * 267/20474), and a `_` may be read as the beginning of a transcoding template's name (267/35257): so neither `-` nor `_`.
 */
import { STREAM_ID } from '../../../shared/domain/ids'

/** In none of our ids, which are in small letters. */
const SEPARATOR = 'X'

export const streamNameOf = (streamId: string): string => streamId.replace('-', SEPARATOR)

/** Undefined: not one of our streams. */
export function streamIdOfName(name: string): string | undefined {
  const streamId = name.replace(SEPARATOR, '-')
  return STREAM_ID.test(streamId) && streamNameOf(streamId) === name ? streamId : undefined
}
