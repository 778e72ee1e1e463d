/** The door: what a client sends becomes typed once, here. */
import type { ClientMessage } from '../../shared/protocol/ws'
import * as v from 'valibot'
import * as ws from '../../shared/protocol/ws'

const Addressed = v.object({ id: ws.RequestId })

/** The messages of a frame, unchecked; undefined when it is not an array of some. */
export function parseFrame(text: string): unknown[] | undefined {
  try {
    const items: unknown = JSON.parse(text)
    return Array.isArray(items) && items.length > 0 && items.length <= ws.CLIENT_FRAME_MAX_MESSAGES ? items : undefined
  }
  catch {
    return undefined
  }
}

/** `requestId` is found even in a message that is not ours, so that the refusal names it. */
export function parseMessage(item: unknown): { message?: ClientMessage, requestId: string | null } {
  const parsed = v.safeParse(ws.ClientMessage, item)
  const addressed = v.safeParse(Addressed, item)
  return { message: parsed.success ? parsed.output : undefined, requestId: addressed.success ? addressed.output.id : null }
}
