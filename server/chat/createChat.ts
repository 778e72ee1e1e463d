/** The embedded chat, put together: what server/app.ts mounts. */
import type { IncomingMessage } from 'node:http'
import type { Room, User } from '../../shared/protocol/rest'
import type { Clock } from '../clock'
import type { ImServer } from '../im/ImServer'
import type { JudgeText } from '../moderation/createTextJudge'
import type { ChatFigures } from './ChatHub'
import type { ChatLimits } from './limits'
import type { ChatLog } from './log'
import type { MessageStore } from './MessageStore'
import type { WsGateway } from './wsGateway'
import { randomBytes } from 'node:crypto'
import { createId } from '../../shared/domain/ids'
import { createEmbeddedIm } from '../im/embeddedIm'
import { ChatHub } from './ChatHub'
import { DEFAULT_CHAT_LIMITS } from './limits'
import { createWsGateway } from './wsGateway'

export interface ChatOptions {
  readonly store: MessageStore
  readonly clock: Clock
  readonly log: ChatLog
  /** The person a session token stands for; undefined when it is wrong or expired. */
  readonly verifyToken: (token: string) => Promise<User | undefined>
  /** What everybody may know of a room; undefined when there is none. */
  readonly roomFor: (roomId: string) => Promise<Room | undefined>
  readonly judgeText: JudgeText
  readonly limits?: Partial<ChatLimits>
  /** The client's address; by default the socket's other end. */
  readonly addressOf?: (request: IncomingMessage) => string
}

export interface Chat {
  readonly im: ImServer
  /** For the HTTP server's `upgrade` event. @returns false when the path is somebody else's */
  readonly handleUpgrade: WsGateway['handleUpgrade']
  /** A person's new nickname or picture holds for what they say from now on. */
  readonly profileChanged: (user: User) => void
  readonly figures: () => ChatFigures
  /** Says goodbye to every socket. May be called twice. */
  readonly close: () => void
}

export function createChat(options: ChatOptions): Chat {
  const limits = { ...DEFAULT_CHAT_LIMITS, ...options.limits }
  const hub = new ChatHub({ ...options, limits, nextTurn: setImmediate, createMessageId: () => createId('m', randomBytes) })
  const addressOf = options.addressOf ?? (request => request.socket.remoteAddress ?? '')
  const gateway = createWsGateway({ ...options, hub, limits, addressOf })
  return {
    im: createEmbeddedIm(hub),
    handleUpgrade: gateway.handleUpgrade,
    profileChanged: user => hub.profileChanged(user),
    figures: () => hub.figures(),
    close() {
      hub.close()
      gateway.close()
    },
  }
}
