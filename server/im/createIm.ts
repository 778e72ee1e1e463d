/** The chat that the configuration asks for: our own hub, or Tencent IM. */
import type { Router } from 'express'
import type { RandomBytes } from '../../shared/domain/ids'
import type { ImCredential, User } from '../../shared/protocol/rest'
import type { Chat, ChatOptions } from '../chat/createChat'
import type { ImSettings, TencentImSettings } from '../settings'
import type { ImAddresses } from './ImAddresses'
import type { PresenceDoor } from './PresenceDoor'
import type { LinkMicDoor } from './tencent/oldDialect/oldSignals'
import { SERVER_ACCOUNT } from '../../shared/protocol/tencentIm'
import { SESSION_TTL_MS } from '../auth/sessionToken'
import { createUserSigner } from '../auth/userSig'
import { createChat } from '../chat/createChat'
import { createAdminSig } from './tencent/adminSig'
import { createCallbackRouter } from './tencent/callbacks/callbackRouter'
import { createTencentIm } from './tencent/createTencentIm'
import { createImApi } from './tencent/imApi'
import { createImRest } from './tencent/imRest'

/** What server/app.ts mounts for chat. */
export interface MountedIm extends Chat {
  /** What the app needs to reach the chat; good as long as a session. */
  readonly credentialOf: (user: User) => ImCredential
  /** Undefined where this server sees itself who is there. */
  readonly presence?: PresenceDoor
  /** The cloud's way back. */
  readonly router?: Router
}

export interface ImOptions extends ChatOptions {
  readonly settings: ImSettings
  /** What clients of the old room service are called where Tencent carries the chat. */
  readonly addresses: ImAddresses
  /** Undefined when there is no such person, any more. */
  readonly findUser: (userId: string) => Promise<User | undefined>
  /** What they ask of each other there. */
  readonly linkMic: LinkMicDoor
  readonly randomBytes: RandomBytes
  readonly fetch: typeof fetch
}

export function createIm({ settings, ...options }: ImOptions): MountedIm {
  return settings.kind === 'tencent'
    ? mountTencent(settings, options)
    : { ...createChat(options), credentialOf: () => ({ kind: 'embedded' }) }
}

function mountTencent(settings: TencentImSettings, { clock, log, judgeText, addresses, findUser, linkMic, roomFor, randomBytes, fetch }: Omit<ImOptions, 'settings'>): MountedIm {
  const { sdkAppId, admin, callbackToken, socketUrl } = settings
  const signer = createUserSigner(settings, clock)
  const rest = createImRest({ settings, adminSig: createAdminSig(signer, admin, clock), clock, randomBytes, fetch })
  const tencent = createTencentIm({ api: createImApi(rest, admin, addresses), addresses, admin, clock, randomBytes, random: Math.random, log, judgeText, findUser, linkMic, roomFor })
  return {
    im: tencent.im,
    handleUpgrade: () => false,
    profileChanged: tencent.rename,
    figures: tencent.figures,
    close: tencent.close,
    presence: tencent.presence,
    router: createCallbackRouter({ sdkAppId, token: callbackToken, events: tencent.callbacks, clock, log }),
    credentialOf(user) {
      tencent.introduce(user)
      return {
        kind: 'tencent',
        sdkAppId,
        userId: user.id,
        userSig: signer.sign(user.id, SESSION_TTL_MS),
        ...(admin !== SERVER_ACCOUNT && { serverAccount: admin }),
        ...(socketUrl !== null && { socketUrl }),
      }
    },
  }
}
