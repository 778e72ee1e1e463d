import type { LinkMicView } from '../../shared/protocol/linkMic'
import type { RoomRecord } from './RoomStore'
import { isSeated } from '../../shared/domain/linkMic'
import { linkOf, queueOf } from '../../shared/domain/stage'

/** The stage as one person may see it: their own way, and the desk to the anchor alone. `at` is now. */
export function presentView({ id, anchor, stage }: RoomRecord, userId: string, at: number): LinkMicView {
  const guest = stage.guests.find(({ user }) => user.id === userId)
  const place = queueOf(stage).findIndex(({ user }) => user.id === userId)
  const hasSeat = guest !== undefined && isSeated(guest.link)
  return {
    roomId: id,
    version: stage.version,
    at,
    admission: stage.admission,
    link: linkOf(stage, userId),
    position: place < 0 ? null : place + 1,
    seat: guest?.seat ?? null,
    sound: hasSeat ? guest.sound : null,
    picture: hasSeat ? guest.picture : null,
    ...(userId === anchor.id && deskOf(stage)),
  }
}

function deskOf({ guests }: RoomRecord['stage']): Required<Pick<LinkMicView, 'queue' | 'invitations'>> {
  return {
    queue: guests.flatMap(({ user, link }) => link.status === 'applying' ? [{ user, requestId: link.requestId, medium: link.medium, at: link.at, deadline: link.deadline }] : []),
    invitations: guests.flatMap(({ user, link }) => link.status === 'invited' ? [{ user, requestId: link.requestId, at: link.at, deadline: link.deadline }] : []),
  }
}

/** Whether the person would see a difference. */
export function seesChange(before: RoomRecord, after: RoomRecord, userId: string): boolean {
  const seen = (room: RoomRecord) => JSON.stringify({ ...presentView(room, userId, 0), version: 0 })
  return seen(before) !== seen(after)
}
