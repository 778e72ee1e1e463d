/** What somebody said, as every generation of the old component told it. */
import type { Utterance } from '../sessions/RoomChannel'
import { presentPerson } from './account'

export interface TextMessage {
  readonly roomID: string
  readonly userID: string
  readonly userName: string
  readonly userAvatar: string
  readonly message: string
  /** HH:MM:SS on this device. */
  readonly time: string
  /** As the last generation had it. */
  readonly msg: { readonly from: string, readonly nick: string, readonly avatar: string, readonly payload: { readonly text: string } }
}

export function presentText({ at, from, text }: Extract<Utterance, { type: 'chat' }>, roomID: string, serverUrl: string): TextMessage {
  const person = presentPerson(from, serverUrl)
  return {
    roomID,
    ...person,
    message: text,
    time: timeOf(at),
    msg: { from: person.userID, nick: person.userName, avatar: person.userAvatar, payload: { text } },
  }
}

function timeOf(at: number): string {
  const date = new Date(at)
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(part => String(part).padStart(2, '0')).join(':')
}
