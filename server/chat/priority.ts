/** Who is passed over first when a reader falls behind. Ordered: the higher number is the more important. */
import type { ServerMessage } from '../../shared/protocol/ws'

export const Priority = { lowest: 0, low: 1, normal: 2, high: 3 } as const
export type Priority = typeof Priority[keyof typeof Priority]

/** What a room sends to everyone in it. */
export type RoomBroadcast = Extract<ServerMessage, { type: 'chat' | 'joinNotice' | 'roomChanged' | 'roomEnded' | 'online' }>

export const PRIORITY: Readonly<Record<RoomBroadcast['type'], Priority>> = {
  online: Priority.low,
  joinNotice: Priority.normal,
  chat: Priority.normal,
  roomChanged: Priority.high,
  roomEnded: Priority.high,
}

/** Bytes that wait for a reader beyond which only more important messages pass; beyond the last, nothing does. */
export const PASSING = [
  { untilBytes: 64 * 1024, priority: Priority.lowest },
  { untilBytes: 256 * 1024, priority: Priority.normal },
  { untilBytes: 512 * 1024, priority: Priority.high },
] as const

/** The least priority that still passes to a reader with so many bytes waiting; undefined: the reader is lost. */
export function leastPassing(waitingBytes: number): Priority | undefined {
  return PASSING.find(step => waitingBytes <= step.untilBytes)?.priority
}
