/**
 * What our server says through Tencent IM, where that carries the chat instead of our own hub. A room is the AVChatRoom
 * group of its id. News for everybody in it is a custom element in the group, or a system notification of the group; news
 * for one person is a custom element sent to that person alone. Each holds one of these as JSON, nothing else. Rules:
 * docs/SPEC.md, section TI.
 */
import * as v from 'valibot'
import { JoinNotice, LinkMicSignal, Online, RoomChanged, RoomEnded, StandingSignal } from './ws'

/** The app administrator's account, unless the credential names another: who speaks for the server. No user's id looks like it. */
export const SERVER_ACCOUNT = 'administrator'

/** `seq` means nothing here: groups without a history have no numbers to count on. */
export const GroupNews = v.variant('type', [JoinNotice, RoomChanged, RoomEnded, Online])
export type GroupNews = v.InferOutput<typeof GroupNews>

export const PersonalNews = v.variant('type', [LinkMicSignal, StandingSignal])
