/** The door for what the server sends. A newer server may send kinds of messages that this client does not know. */
import type { RoomMessage } from '@/shared/protocol/ws'
import * as v from 'valibot'
import { ERROR_CODES } from '@/shared/protocol/errorCode'
import * as ws from '@/shared/protocol/ws'

/** A room message of an unknown kind: nothing to show, but its place is taken. */
const Placed = v.object({ seq: v.pipe(v.number(), v.integer()) })
export type Placed = RoomMessage | v.InferOutput<typeof Placed>

const Joined = v.object({ ...ws.Joined.entries, messages: v.array(v.unknown()) })
const Failed = v.object({ ...ws.Failed.entries, code: v.fallback(v.picklist(ERROR_CODES), 'BAD_RESPONSE') })
const News = v.variant('type', [ws.Welcome, Joined, ws.Left, ws.Said, Failed, ws.Pong, ws.Online, ws.LinkMicSignal, ws.StandingSignal])

export type Answer = Exclude<v.InferOutput<typeof News>, { type: 'joined' }> | (Omit<ws.ServerMessage & { type: 'joined' }, 'messages'> & { readonly messages: readonly Placed[] })

export interface Incoming {
  readonly answers: readonly Answer[]
  /** Messages of the room, in their order. */
  readonly messages: readonly Placed[]
}

/** What a frame says as far as it is understood. */
export function readFrame(text: string): Incoming {
  const answers: Answer[] = []
  const messages: Placed[] = []
  for (const item of itemsOf(text)) {
    const answer = v.safeParse(News, item)
    if (answer.success)
      answers.push(answer.output.type === 'joined' ? { ...answer.output, messages: answer.output.messages.flatMap(readPlaced) } : answer.output)
    else
      messages.push(...readPlaced(item))
  }
  return { answers, messages }
}

export function isKnown(message: Placed): message is RoomMessage {
  return 'type' in message
}

function readPlaced(item: unknown): Placed[] {
  const message = v.safeParse(ws.RoomMessage, item)
  if (message.success)
    return [message.output]
  const placed = v.safeParse(Placed, item)
  return placed.success ? [placed.output] : []
}

function itemsOf(text: string): unknown[] {
  try {
    const items: unknown = JSON.parse(text)
    return Array.isArray(items) ? items : []
  }
  catch {
    return []
  }
}
