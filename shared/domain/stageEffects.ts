/** What a change of the stage asks of the world, seen by comparing before and after: no path can forget it. Pure. */
import type { Person, SeatedGuest, Stage } from './stageState'
import { deadlineOf } from './linkMic'
import { sameValue } from './sameValue'
import { seatedOf } from './stageState'

export type StageEffect
  /** A seat is lost: its stream must not go on. */
  = | { readonly type: 'cut', readonly userId: string }
  /** What the audience may hear and see of a guest. */
    | { readonly type: 'mute', readonly userId: string, readonly isMicMuted: boolean, readonly isCameraMuted: boolean }
  /** What everybody sees of the stage has changed. */
    | { readonly type: 'announce' }
  /** What the anchor or a guest sees of it has changed. */
    | { readonly type: 'tell' }

export function effectsBetween(before: Stage, after: Stage): StageEffect[] {
  if (before === after)
    return []
  const announce: StageEffect[] = sameValue(seenByAll(before), seenByAll(after)) ? [] : [{ type: 'announce' }]
  return [...cutsBetween(before, after), ...mutesBetween(before, after), ...announce, { type: 'tell' }]
}

function cutsBetween(before: Stage, after: Stage): StageEffect[] {
  const remaining = seatedOf(after).map(nameOfSeat)
  return seatedOf(before).filter(guest => !remaining.includes(nameOfSeat(guest))).map(({ user }) => ({ type: 'cut', userId: user.id }))
}

/** Mutes hold for a stream's name: who leaves the stage muted is muted no more when they come again. */
export function mutesBetween(before: Stage, after: Stage): StageEffect[] {
  const people = new Set([before, after].flatMap(stage => seatedOf(stage).map(({ user }) => user.id)))
  return [...people].filter(userId => !sameValue(mutesOf(before, userId), mutesOf(after, userId))).map(userId => ({ type: 'mute', userId, ...mutesOf(after, userId) }))
}

function mutesOf(stage: Stage, userId: string): { isMicMuted: boolean, isCameraMuted: boolean } {
  const guest = seatedOf(stage).find(({ user }) => user.id === userId)
  return { isMicMuted: guest?.sound.isMuted ?? false, isCameraMuted: guest?.picture.isMuted ?? false }
}

const nameOfSeat = ({ user, link }: SeatedGuest): string => `${user.id} ${link.requestId}`

function seenByAll<P extends Person>(stage: Stage<P>): unknown {
  const guests = seatedOf(stage).map(({ user, link, seat, sound, picture }) => ({ user, seat, sound, picture, requestId: link.requestId, status: link.status, medium: link.medium, deadline: deadlineOf(link) }))
  return { admission: stage.admission, guests }
}
