/** How a stage is put together on this device, and which addresses that takes. Pure. Rules: docs/SPEC.md, section LM. */
import type { StageGuest } from '@/shared/protocol/linkMic'
import type { PlayUrls, Room, RoomDetail } from '@/shared/protocol/rest'

/** `mixed`: the server's one picture of all. `composed`: the anchor's picture with a player for each guest upon it. */
export type Composition = 'single' | 'composed' | 'mixed'

export interface StageView {
  readonly room: Room
  /** Who is on the mic hears the others with the least delay, and never themself: no mixed picture for them. */
  readonly isOnStage: boolean
  /** The person's own id. */
  readonly userId: string | undefined
}

export interface StageState {
  /** By request: one guest's time on the stage. */
  readonly plays: Readonly<Record<string, PlayUrls>>
  readonly mixed: PlayUrls | null
  /** The mixed picture did not come a while ago. */
  readonly isMixDistrusted: boolean
}

export const NO_ADDRESSES: StageState = { plays: {}, mixed: null, isMixDistrusted: false }

export function compositionOf({ isMixDistrusted, mixed }: StageState, { isOnStage, room }: StageView): Composition {
  if (guestsOf(room).length === 0)
    return 'single'
  return !isOnStage && room.stage.isMixed && mixed && !isMixDistrusted ? 'mixed' : 'composed'
}

export const guestsOf = ({ stage, status }: Room): readonly StageGuest[] => status === 'ended' ? [] : stage.guests

/** Something is on the stage whose address is not known. */
export function isMissing({ isMixDistrusted, mixed, plays }: StageState, { isOnStage, room, userId }: StageView): boolean {
  const guests = guestsOf(room)
  const needsMix = guests.length > 0 && room.stage.isMixed && !isOnStage && !isMixDistrusted
  return (needsMix && !mixed) || guests.some(({ requestId, user }) => user.id !== userId && !plays[requestId])
}

/** It was of no use: it will be asked for anew. */
export function withoutPlay(state: StageState, requestId: string): StageState {
  const { [requestId]: _, ...plays } = state.plays
  return { ...state, plays }
}

/** What is known stays as it is: new addresses of the same stream would be of no use. */
export function withDetail(state: StageState, { guests, mixed }: RoomDetail, room: Room): StageState {
  const plays: Record<string, PlayUrls> = {}
  for (const { requestId, user } of guestsOf(room)) {
    const play = state.plays[requestId] ?? guests.find(({ userId }) => userId === user.id)?.play
    if (play)
      plays[requestId] = play
  }
  return { ...state, plays, mixed: state.mixed ?? mixed }
}
