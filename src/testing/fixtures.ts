/** Valid wire values to start a test from. */
import type { LinkMic } from '@/shared/domain/linkMic'
import type { LinkMicView, StageGuest } from '@/shared/protocol/linkMic'
import type { CreatedRoom, PlayUrls, PublishUrls, Room, RoomDetail, Session, User } from '@/shared/protocol/rest'

export const NOW = 1_700_000_000_000

export const aUser = (part: Partial<User> = {}): User => ({ id: 'uanchor00001', nickname: '阿青', avatar: 3, ...part })

export function aSession(part: Partial<Session> = {}): Session {
  return { token: 'token-1', user: aUser({ id: 'ume000000001', nickname: '小海豚' }), im: { kind: 'embedded' }, expiresAt: NOW + 86_400_000, ...part }
}

export function aRoom(part: Partial<Room> = {}): Room {
  const id = part.id ?? 'rroom0000001'
  const anchor = part.anchor ?? aUser()
  return {
    id,
    title: '周末弹唱',
    cover: null,
    anchor,
    streamId: `${id}-${anchor.id}`,
    status: 'live',
    createdAt: NOW - 60_000,
    startedAt: NOW - 50_000,
    interruptedAt: null,
    graceEndsAt: null,
    endedAt: null,
    endReason: null,
    viewers: 12,
    viewersElsewhere: 0,
    peakViewers: 20,
    visitors: 34,
    messages: 56,
    isDemo: false,
    stage: { admission: 'ask', guests: [], isMixed: false },
    isSilenced: false,
    ...part,
  }
}

export function playUrls(streamId = 'rroom0000001-uanchor00001'): PlayUrls {
  return {
    flv: `http://127.0.0.1:8080/live/${streamId}.flv?txSecret=s&txTime=1`,
    wsFlv: `ws://127.0.0.1:8080/live/${streamId}.flv?txSecret=s&txTime=1`,
    whep: `http://127.0.0.1:8080/whep/${streamId}?txSecret=s&txTime=1`,
    rtmp: `rtmp://127.0.0.1:1935/live/${streamId}?txSecret=s&txTime=1`,
    expiresAt: NOW + 86_400_000,
  }
}

export function publishUrls(streamId = 'rroom0000001-uanchor00001'): PublishUrls {
  return {
    streamId,
    rtmp: `rtmp://127.0.0.1:1935/live/${streamId}?txSecret=p&txTime=1`,
    rtmpServer: 'rtmp://127.0.0.1:1935/live',
    rtmpKey: `${streamId}?txSecret=p&txTime=1`,
    whip: `http://127.0.0.1:8080/whip/${streamId}?txSecret=p&txTime=1`,
    expiresAt: NOW + 86_400_000,
  }
}

export function aRoomDetail(part: Partial<Room> = {}): RoomDetail {
  const room = aRoom(part)
  return { room, play: room.status === 'ended' ? null : playUrls(room.streamId), mixed: null, guests: [] }
}

export function aCreatedRoom(part: Partial<Room> = {}): CreatedRoom {
  const room = aRoom({ status: 'preparing', startedAt: null, viewers: 0, ...part })
  return { room, publish: publishUrls(room.streamId) }
}

/** A guest on the mic, on air. */
export function aStageGuest(part: Partial<StageGuest> = {}): StageGuest {
  const user = part.user ?? aUser({ id: 'uguest000001', nickname: '阿梅' })
  return {
    user,
    seat: 1,
    requestId: 'request-1',
    status: 'linked',
    deadline: null,
    medium: 'video',
    streamId: `rroom0000001-${user.id}`,
    sound: { isOn: true, isMuted: false },
    picture: { isOn: true, isMuted: false },
    ...part,
  }
}

/** How somebody stands; with a seat, its microphone and camera are on. */
export function aView(version: number, link: LinkMic, part: Partial<LinkMicView> = {}): LinkMicView {
  const isOn = link.status === 'connecting' || link.status === 'linked' || link.status === 'dropped'
  const track = isOn ? { isOn: true, isMuted: false } : null
  return { roomId: 'rroom0000001', version, at: NOW, admission: 'ask', link, position: link.status === 'applying' ? 1 : null, seat: isOn ? 1 : null, sound: track, picture: track, ...part }
}
