/**
 * The anchor's desk: who waits, who is invited, who sits on the stage, and what the anchor has decided about them but the server
 * has not said yet. Pure. Rules: docs/SPEC.md, section LM.
 */
import type { AdmissionMode } from '@/shared/domain/stage'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { Application, Invitation, LinkMicCommand, LinkMicView, StageGuest } from '@/shared/protocol/linkMic'
import type { Room } from '@/shared/protocol/rest'

export type DeskCommand = Extract<LinkMicCommand, { type: 'invite' | 'withdraw' | 'accept' | 'reject' | 'kick' | 'mute' | 'setAdmission' }>

/** A decision on its way to the server, and after that until the room shows it: the room's news comes later than the answer. */
export interface Decision {
  readonly command: DeskCommand
  readonly isAgreed: boolean
}

export interface DeskState {
  readonly view: LinkMicView | null
  readonly room: Room | null
  readonly decisions: readonly Decision[]
  readonly problem: ErrorCode | null
  /** The last invitation that was not taken: declined, run out, or its person is gone. */
  readonly untaken: Invitation | null
}

export const EMPTY_DESK: DeskState = { view: null, room: null, decisions: [], problem: null, untaken: null }

export function admissionOf({ decisions, room, view }: DeskState): AdmissionMode {
  const decided = decisions.flatMap(({ command }) => command.type === 'setAdmission' ? [command.admission] : []).pop()
  return decided ?? view?.admission ?? room?.stage.admission ?? 'ask'
}

export function applicationsOf(desk: DeskState): readonly Application[] {
  return (desk.view?.queue ?? []).filter(({ requestId }) => !isDecided(desk, requestId, ['accept', 'reject']))
}

export function invitationsOf(desk: DeskState): readonly Invitation[] {
  return (desk.view?.invitations ?? []).filter(({ requestId }) => !isDecided(desk, requestId, ['withdraw']))
}

export function guestsOnStage(desk: DeskState): readonly StageGuest[] {
  const { decisions, room } = desk
  if (!room || room.status === 'ended')
    return []
  return room.stage.guests.filter(({ requestId }) => !isDecided(desk, requestId, ['kick'])).map((guest) => {
    const mute = decisions.flatMap(({ command }) => command.type === 'mute' && command.requestId === guest.requestId ? [command] : []).pop()
    return mute
      ? { ...guest, sound: { ...guest.sound, isMuted: mute.isMicMuted }, picture: { ...guest.picture, isMuted: mute.isCameraMuted } }
      : guest
  })
}

/** The server has not answered yet: one decision about a person at a time. */
export function isDeciding({ decisions }: DeskState, userId: string): boolean {
  return decisions.some(({ command, isAgreed }) => !isAgreed && 'userId' in command && command.userId === userId)
}

export function decide(desk: DeskState, command: DeskCommand): DeskState {
  if ('userId' in command && isDeciding(desk, command.userId))
    return desk
  // Of several modes the one that was chosen last holds.
  const others = command.type === 'setAdmission' ? desk.decisions.filter(other => other.command.type !== 'setAdmission') : desk.decisions
  return { ...desk, problem: null, decisions: [...others, { command, isAgreed: false }] }
}

export function agreed(desk: DeskState, command: DeskCommand, view: LinkMicView): DeskState {
  const decisions = desk.decisions.map(decision => decision.command === command ? { command, isAgreed: true } : decision)
  return withoutShown(withView({ ...desk, decisions }, view))
}

export const stands = ({ decisions }: DeskState, command: DeskCommand): boolean => decisions.some(decision => decision.command === command)

export function refused(desk: DeskState, command: DeskCommand, problem: ErrorCode): DeskState {
  return stands(desk, command) ? { ...outlived(desk, command), problem } : desk
}

/** The room should show it by now: where it does not, something else was decided since, in another window perhaps. */
export const outlived = (desk: DeskState, command: DeskCommand): DeskState => ({ ...desk, decisions: desk.decisions.filter(decision => decision.command !== command) })

export function withView(desk: DeskState, view: LinkMicView): DeskState {
  const isLate = desk.view !== null && (view.roomId !== desk.view.roomId || view.version <= desk.view.version)
  return isLate ? desk : { ...desk, view }
}

/** Invitations that are over and were not withdrawn: taken, or not. */
export function answeredBetween(before: DeskState, after: DeskState): readonly Invitation[] {
  const open = after.view?.invitations ?? []
  return invitationsOf(before).filter(({ requestId }) => !open.some(invitation => invitation.requestId === requestId))
}

/** By now the room shows who has taken the invitation. */
export function withAnswered(desk: DeskState, invitation: Invitation): DeskState {
  const isTaken = desk.room?.stage.guests.some(({ requestId }) => requestId === invitation.requestId)
  return isTaken || desk.room?.status === 'ended' ? desk : { ...desk, untaken: invitation }
}

export const withRoom = (desk: DeskState, room: Room): DeskState => withoutShown({ ...desk, room })

function withoutShown(desk: DeskState): DeskState {
  return { ...desk, decisions: desk.decisions.filter(({ command, isAgreed }) => !isAgreed || awaitsRoom(desk, command)) }
}

/** A guest was removed or muted, and the room does not show it yet. */
function awaitsRoom({ room }: DeskState, command: DeskCommand): boolean {
  const guest = 'requestId' in command ? room?.stage.guests.find(({ requestId }) => requestId === command.requestId) : undefined
  if (!guest)
    return false
  return command.type === 'kick' || (command.type === 'mute' && (guest.sound.isMuted !== command.isMicMuted || guest.picture.isMuted !== command.isCameraMuted))
}

function isDecided({ decisions }: DeskState, requestId: string, types: readonly DeskCommand['type'][]): boolean {
  return decisions.some(({ command }) => types.includes(command.type) && 'requestId' in command && command.requestId === requestId)
}
