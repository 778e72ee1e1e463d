/** What may be done to the camera's picture before it is sent. */
import type { FilterName } from '../../filterLooks'
import type { PusherTag } from '../../tags/pusherTag'

export interface PictureEffects {
  /** 0 to 9, as the next. */
  readonly beauty: number
  readonly whiteness: number
  readonly filter: FilterName
  /** Left and right exchanged, for the viewers. */
  readonly isTurned: boolean
}

export const STRONGEST = 9
export const NO_EFFECTS: PictureEffects = { beauty: 0, whiteness: 0, filter: 'standard', isTurned: false }

export function effectsOf({ beauty, whiteness, filter, remoteMirror }: Partial<PusherTag>): PictureEffects {
  return { beauty: beauty ?? 0, whiteness: whiteness ?? 0, filter: filter ?? 'standard', isTurned: remoteMirror ?? false }
}

/** They leave the picture as it is. */
export function isPlain({ beauty, whiteness, filter, isTurned }: PictureEffects): boolean {
  return beauty === 0 && whiteness === 0 && filter === 'standard' && !isTurned
}

export function areSame(one: PictureEffects, other: PictureEffects): boolean {
  return one.beauty === other.beauty && one.whiteness === other.whiteness && one.filter === other.filter && one.isTurned === other.isTurned
}
