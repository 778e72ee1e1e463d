/**
 * What our server says through Tencent IM, where that carries the chat instead of our own hub. A room is the AVChatRoom
 * group of its id, or of the name that a client of the old room service gave it: the answer to a beat tells. News for
 * everybody in it is a custom element in the group, or a system notification of the group; news for one person is a custom
 * element sent to that person alone. Each holds one of these as JSON, nothing else. Rules: docs/SPEC.md, section TI.
 */
import * as v from 'valibot'
import { hasLine, ROOM_ID } from '../domain/ids'
import { User } from './user'
import { JoinNotice, LinkMicSignal, Online, RoomChanged, RoomEnded, StandingSignal } from './ws'

/** The app administrator's account, unless the credential names another: who speaks for the server. No user's id looks like it. */
export const SERVER_ACCOUNT = 'administrator'

/** `seq` means nothing here: groups without a history have no numbers to count on. */
export const GroupNews = v.variant('type', [JoinNotice, RoomChanged, RoomEnded, Online])
export type GroupNews = v.InferOutput<typeof GroupNews>

/** The anchor has sent this person out of the room; groups themselves know of it only in some editions. */
const RemovedNews = v.object({ type: v.literal('removed'), roomId: v.pipe(v.string(), v.regex(ROOM_ID)) })

export const PersonalNews = v.variant('type', [LinkMicSignal, StandingSignal, RemovedNews])
export type PersonalNews = v.InferOutput<typeof PersonalNews>

/** Nobody but an old client: where our server was not asked, the sender has put it there. */
const OldSender = v.pipe(v.omit(User, ['picture']), v.check(({ id }) => hasLine(id)))

/**
 * Who has said this, as JSON in a message's cloudCustomData: our server puts it there for clients of the old room service, whose
 * accounts are no ids of ours. `text`: what they said, where it is not the first element of the message.
 */
export const OldSpeech = v.object({ sender: OldSender, text: v.optional(v.string()) })
export type OldSpeech = v.InferOutput<typeof OldSpeech>

/**
 * With what our server has the service refuse a message, by the code it means; the sender's SDK fails with the number.
 * 10100 to 10200 are an application's own in groups: https://www.tencentcloud.com/document/product/1047/34374
 */
export const MESSAGE_REFUSALS = { SILENCED: 10_101, TEXT_BLOCKED: 10_102, REMOVED: 10_103, FORBIDDEN: 10_104 } as const
