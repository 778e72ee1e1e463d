/** What a room is called: by the roomID its creator may choose, and by the title in its roomInfo. */
import * as v from 'valibot'
import { Title, TITLE_MAX } from '../../../shared/protocol/rest'
import { fieldsIn } from '../saidInJson'

export const ROOM_INFO_MAX_BYTES = 1024

/** The ids of our own rooms, made or kept for the house, belong to nobody's choice. */
const OUR_ROOM_ID = /^r(?:[2-9a-hjkmnp-z]{12}|demo|local|test|line)$/

/** A group of Tencent IM may be called so: https://cloud.tencent.com/document/product/269/1502 */
export const isRoomName = (name: string): boolean => /^[\x21-\x7E](?:[\x20-\x7E]{0,46}[\x21-\x7E])?$/.test(name) && !name.startsWith('@TGS#') && !OUR_ROOM_ID.test(name)

/** Undefined: it says none that can be shown. */
export function titleIn(roomInfo: string): string | undefined {
  const fields = fieldsIn(roomInfo)
  const said = fields ? fields.title ?? fields.roomName : roomInfo
  const parsed = v.safeParse(Title, typeof said === 'string' ? shortened(said) : undefined)
  return parsed.success ? parsed.output : undefined
}

/** Characters are not cut in two. */
function shortened(text: string): string {
  const folded = text.replace(/\s+/g, ' ').trim()
  let title = ''
  for (const character of folded) {
    if (title.length + character.length > TITLE_MAX)
      break
    title += character
  }
  return title
}
