/** Answers with the keys that clients of either generation read. */
import type { Audience, RoomShape } from '../types'

export type Fields = Readonly<Record<string, unknown>>

/** The newer generation reads `custom`, the older one the text. */
export const presentCustom = (custom: RoomShape['custom']): Fields => ({ custom, customInfo: JSON.stringify(custom) })

export const presentRoom = (room: RoomShape): Fields => ({ ...room, customInfo: JSON.stringify(room.custom) })

/** WeChat's client reads `merge_code`, iOS `merge_message` with it, the older generation `result`. */
export function presentMerge({ code, message, timestamp }: { readonly code: number, readonly message: string, readonly timestamp: number }): Fields {
  return { merge_code: code, merge_msg: message, merge_message: message, result: { code, message, timestamp } }
}

export function presentAudiences({ audiences, audienceCount }: { readonly audiences: readonly Audience[], readonly audienceCount: number }): Fields {
  return { audiences, audienceCount }
}
