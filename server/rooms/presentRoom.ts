import type { StageGuest } from '../../shared/protocol/linkMic'
import type { Room } from '../../shared/protocol/rest'
import type { RoomRecord } from './RoomStore'
import { streamIdOf } from '../../shared/domain/ids'
import { deadlineOf } from '../../shared/domain/linkMic'
import { seatedOf } from '../../shared/domain/stage'

/** What everybody may know of a room. */
export function presentRoom(room: RoomRecord, { viewers, viewersElsewhere, isMixed }: Pick<Room, 'viewers' | 'viewersElsewhere'> & { readonly isMixed: boolean }): Room {
  const { life } = room
  return {
    id: room.id,
    title: room.title,
    cover: room.cover === null ? null : `/covers/${room.cover}`,
    anchor: room.anchor,
    streamId: streamIdOf(room.id, room.anchor.id),
    status: life.status,
    createdAt: room.createdAt,
    startedAt: life.status === 'preparing' ? null : life.startedAt,
    interruptedAt: life.status === 'interrupted' ? life.since : null,
    graceEndsAt: life.status === 'interrupted' ? life.deadline : null,
    endedAt: life.status === 'ended' ? life.endedAt : null,
    endReason: life.status === 'ended' ? life.reason : null,
    viewers,
    viewersElsewhere,
    peakViewers: room.peakViewers,
    visitors: room.visitors,
    messages: room.messages,
    isDemo: room.isDemo,
    isSilenced: room.moderation.isEveryoneSilenced,
    stage: { admission: room.stage.admission, guests: presentGuests(room), isMixed },
  }
}

function presentGuests({ id, stage }: RoomRecord): StageGuest[] {
  return seatedOf(stage).map(({ user, link, seat, sound, picture }) => ({
    user,
    seat,
    requestId: link.requestId,
    status: link.status,
    deadline: deadlineOf(link) ?? null,
    medium: link.medium,
    streamId: streamIdOf(id, user.id),
    sound,
    picture,
  }))
}
