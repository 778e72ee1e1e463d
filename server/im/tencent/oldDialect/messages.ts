/**
 * What clients of the old room service tell each other through Tencent IM, as JSON in a custom element. Every key that any
 * generation of them reads is written; what they write is read with the fewest.
 */
import type { RawMessage } from './elements'
import * as v from 'valibot'
import { customDataIn } from './elements'

const roomID = v.pipe(v.string(), v.maxLength(64))
const LinkMicData = v.variant('type', [
  /** To the creator of the room. */
  v.object({ type: v.literal('request'), roomID }),
  /** By the creator. */
  v.object({ type: v.literal('response'), roomID, result: v.picklist(['accept', 'reject']) }),
  v.object({ type: v.literal('kickout'), roomID }),
])
const LinkMicMessage = v.object({ cmd: v.literal('linkmic') })
const KnownLinkMic = v.object({ data: LinkMicData })
export type OldLinkMic = v.InferOutput<typeof LinkMicData>

/**
 * Undefined when the message is about something else; null when nobody can tell what it says: some clients read the first
 * custom element, others all of them.
 */
export function readLinkMic(message: RawMessage): OldLinkMic | null | undefined {
  const all = customDataIn(message)
  if (!all.some(data => v.is(LinkMicMessage, data)))
    return undefined
  const parsed = v.safeParse(KnownLinkMic, all[0])
  return all.length === 1 && parsed.success ? parsed.output.data : null
}

/** Whoever applies, as the anchor is shown them. */
export interface OldApplicant {
  readonly userID: string
  readonly userName: string
  readonly userAvatar: string
}

const linkMic = (data: object) => ({ cmd: 'linkmic', data })

/** `timestamp`: unix milliseconds of the server; native clients pass over what is older than ten seconds. */
export function oldRequest(roomID: string, timestamp: number, applicant: OldApplicant) {
  return linkMic({ type: 'request', roomID, ...applicant, reason: '', timestamp })
}

/** The clients of 2018 read `message` where later ones read `reason`. */
export function oldResponse(roomID: string, timestamp: number, result: 'accept' | 'reject', reason: string) {
  return linkMic({ type: 'response', result, reason, message: reason, roomID, timestamp })
}

export const oldKickout = (roomID: string, timestamp: number) => linkMic({ type: 'kickout', roomID, timestamp })

/** Anchors have come or gone: to be asked for anew. In a message of the group, and as the clients of 2018 know it from a notification. */
export const ANCHORS_CHANGED = { cmd: 'notifyPusherChange', data: {} } as const
export const ANCHORS_CHANGED_NOTICE = { cmd: 'notifyPusherChange', data: '' } as const
