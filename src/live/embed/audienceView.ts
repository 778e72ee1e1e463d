/** What the audience is shown, made of the room, the person's own way onto its stage, and the addresses that are known. Pure. */
import type { AudienceState } from '../sessions/audienceMachine'
import type { GuestState } from '../sessions/guestState'
import type { StageState, StageView } from '../sessions/stageState'
import type { RoomView } from './roomView'
import { isSeated } from '@/shared/domain/linkMic'
import { linkOf, tracksOf } from '../sessions/guestState'
import { compositionOf, guestsOf } from '../sessions/stageState'
import { NOTHING, tileOf } from './roomView'

/** Undefined until the room is there. */
export function stageViewOf(state: AudienceState, guest: GuestState, userId: string): StageView | undefined {
  return 'room' in state ? { room: state.room, isOnStage: isSeated(linkOf(guest)), userId } : undefined
}

export function audienceView(state: AudienceState, guest: GuestState, stage: StageState, userId: string): RoomView {
  const seen = stageViewOf(state, guest, userId)
  if (!seen)
    return { ...NOTHING, notice: noticeOf(state) }
  const isMixed = compositionOf(stage, seen) === 'mixed'
  const link = linkOf(guest)
  const tracks = tracksOf(guest)
  return {
    notice: noticeOf(state),
    main: {
      urls: isMixed && stage.mixed ? stage.mixed : state.status === 'watching' ? state.play : undefined,
      mode: seen.isOnStage ? 'lowLatency' : 'live',
    },
    isMixed,
    tiles: isMixed ? [] : guestsOf(seen.room).map(one => tileOf(one, stage.plays[one.requestId], one.user.id === userId, one.user.id === userId)),
    publish: guest.publication.status === 'on' ? guest.publication.publish : undefined,
    isVoice: ('medium' in link && link.medium === 'voice') || tracks?.picture.isOn === false || tracks?.picture.isMuted === true,
    isMuted: tracks?.sound.isMuted === true,
  }
}

function noticeOf(state: AudienceState): RoomView['notice'] {
  switch (state.status) {
    case 'ended': return 'closed'
    case 'failed': return null
    case 'loading': return state.patience === 'fresh' ? null : 'connecting'
    case 'watching':
      if (state.picture.status === 'away')
        return 'away'
      return 'patience' in state.picture && state.picture.patience !== 'fresh' ? 'connecting' : null
  }
}
