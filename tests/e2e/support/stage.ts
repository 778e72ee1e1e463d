/** A room that needs no browser: its anchor and guests are clients whose pictures and sounds ffmpeg sends. */
import type { Person, Visit } from '../../support/person'
import type { Feed } from './browser'
import type { Encoder } from '@/server/media/embedded/testing/ffmpeg'
import type { RoomDetail } from '@/shared/protocol/rest'
import { createPerson } from '../../support/person'
import { until } from './browser'
import { startPhone } from './phone'

export interface PhoneGuest {
  readonly person: Person
  readonly visit: Visit
  readonly sending: Encoder
}

export interface PhoneStage {
  readonly roomId: string
  readonly anchor: Person
  /** What the anchor hears: its link-mic views have the queue. */
  readonly desk: Visit
  /** As somebody on the way sees it. */
  readonly detail: () => Promise<RoomDetail>
  /** `小熊 linked` for each seat. */
  readonly seats: () => Promise<string[]>
  /** The anchor lets in whoever applied first. */
  readonly accept: () => Promise<void>
  /** Somebody applies, is let in and sends. */
  readonly join: (nickname: string, feed: Feed) => Promise<PhoneGuest>
  readonly stop: () => Promise<void>
}

export async function openPhoneStage(url: string, feed: Feed): Promise<PhoneStage> {
  const ends: (() => void)[] = []
  const encoders: Encoder[] = []
  const send = (to: string, what: Feed) => {
    const encoder = startPhone(to, what)
    encoders.push(encoder)
    return encoder
  }
  const anchor = await createPerson(url, '海豚', ends)
  const { publish, room: { id: roomId } } = await anchor.createRoom('聊一聊')
  send(publish.rtmp, feed)
  const desk = await anchor.enter(roomId)
  const detail = async () => (await fetch(`${url}/api/rooms/${roomId}`)).json() as Promise<RoomDetail>
  const seats = async () => (await detail()).room.stage.guests.map(({ user, status }) => `${user.nickname} ${status}`)
  await until(async () => (await detail()).room.status === 'live', 'the room is live')

  async function accept() {
    const { requestId, user } = await until(async () => desk.views.at(-1)?.queue?.[0], 'somebody applies')
    await anchor.linkMic(roomId, { type: 'accept', requestId, userId: user.id })
  }

  return {
    roomId,
    anchor,
    desk,
    detail,
    seats,
    accept,
    async join(nickname, what) {
      const person = await createPerson(url, nickname, ends)
      const visit = await person.enter(roomId)
      await person.linkMic(roomId, { type: 'apply', requestId: nickname, medium: 'video' })
      await accept()
      const sending = send((await person.getLinkMic(roomId)).publish!.rtmp, what)
      await until(async () => (await seats()).includes(`${nickname} linked`), `${nickname} is on stage\n${sending.log()}`)
      return { person, visit, sending }
    },
    async stop() {
      ends.forEach(end => end())
      await Promise.all(encoders.map(encoder => encoder.stop()))
    },
  }
}
