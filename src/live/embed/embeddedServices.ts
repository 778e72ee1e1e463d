/**
 * Puts an embedded room together with one server. The only file of the component that names concrete adapters; it takes the
 * place of createServices and liveServices, and knows no store, page or simulator.
 */
import type { TimSdk } from '../adapters/tim/timSdk'
import type { Profile } from '@/src/adapters/http/sessionGate'
import type { Services } from '@/src/app/services'
import type { AccountToken } from '@/src/ports/AccountToken'
import type { DeviceAccess } from '@/src/ports/DeviceAccess'
import type { ImClient } from '@/src/ports/ImClient'
import type { KeyValue } from '@/src/ports/KeyValue'
import type { Platform } from '@/src/ports/Platform'
import type { PrivacyGuide } from '@/src/ports/PrivacyGuide'
import { createRoomApi } from '@/src/adapters/http/createRoomApi'
import { createHttpRequest } from '@/src/adapters/http/httpRequest'
import { createEmbeddedImClient } from '@/src/adapters/socket/EmbeddedImClient'
import { connectUniSocket } from '@/src/adapters/socket/uniSocket'
import { createDeviceAccess } from '@/src/adapters/uni/createDeviceAccess'
import { createKeyValue } from '@/src/adapters/uni/createKeyValue'
import { createLoginCode } from '@/src/adapters/uni/createLoginCode'
import { createPlatform } from '@/src/adapters/uni/createPlatform'
import { createPrivacyGuide } from '@/src/adapters/uni/createPrivacyGuide'
import { createSessionKeeper } from '@/src/adapters/uni/createSessionKeeper'
import { createWindowStore } from '@/src/adapters/uni/createWindowStore'
import { systemClock } from '@/src/adapters/uni/systemClock'
import { createPresenceApi } from '../adapters/createPresenceApi'
import { createImClientByCredential } from '../adapters/ImClientByCredential'
import { createTimImClient } from '../adapters/tim/TimImClient'

export type { TimSdk } from '../adapters/tim/timSdk'

export interface ServerOptions {
  /** An origin without a slash at the end. */
  readonly server: string
  /** Of somebody who is here for the first time. */
  readonly profile: () => Profile
  /** Of an account system that the server trusts. */
  readonly accountToken: AccountToken | undefined
  /** The TIM SDK, for a server whose chat Tencent IM carries. It is half a megabyte: whoever needs it brings it along. */
  readonly tim: TimSdk | undefined
}

export interface EmbeddedServices extends Services {
  readonly deviceAccess: DeviceAccess
  readonly privacyGuide: PrivacyGuide
  readonly windowStore: KeyValue
  /** Where an anchor's running room is found again: over a reload of this window, or in WeChat over a killed app. */
  readonly broadcastStore: KeyValue
  /** A room's own way to chat: another room's coming and going does not touch it. */
  readonly createImClient: () => ImClient
  /** The device remembers the person no longer. */
  readonly forget: () => void
}

export type ConnectServer = (options: ServerOptions) => EmbeddedServices

/** Guests are remembered on the device, a server each; whose page says who is here is not. */
export const connectServer: ConnectServer = ({ accountToken, profile, server, tim }) => {
  const prefix = `embedded.${server}.`
  const keyValue = within(createKeyValue(), prefix)
  const windowStore = createWindowStore()
  const sessionKeeper = createSessionKeeper(keyValue, !accountToken)
  const request = createHttpRequest(server)
  const random = () => Math.random()
  const roomApi = createRoomApi({ request, keeper: sessionKeeper, loginCode: createLoginCode(systemClock), accountToken, newProfile: profile })

  function createImClient(): ImClient {
    const embedded = createEmbeddedImClient({ connect: connectUniSocket, url: `${server.replace(/^http/, 'ws')}/ws`, clock: systemClock, random })
    if (!tim)
      return embedded
    const presence = createPresenceApi({ request, serverUrl: server, session: sessionKeeper, api: roomApi })
    const tencent = createTimImClient({ loadSdk: async () => tim, api: roomApi, presence, session: sessionKeeper, clock: systemClock, random })
    return createImClientByCredential({ embedded, tencent, tencentVisitor: tencent })
  }

  return {
    roomApi,
    clock: systemClock,
    keyValue,
    platform: { ...theDevice(), serverUrl: server },
    sessionKeeper,
    random,
    deviceAccess: createDeviceAccess(),
    privacyGuide: createPrivacyGuide(),
    windowStore,
    broadcastStore: within(broadcastStore(windowStore), prefix),
    createImClient,
    forget: () => keyValue.remove('session'),
  }
}

function broadcastStore(windowStore: KeyValue): KeyValue {
  // #ifdef H5
  return windowStore
  // #endif
  // #ifdef MP-WEIXIN

  return createKeyValue()
  // #endif
}

let device: Platform | undefined

/** One for all servers: in WeChat it listens to the network for good. */
function theDevice(): Platform {
  device ??= createPlatform('', '')
  return device
}

/** The system's language tag. */
export const deviceLanguage = (): string => theDevice().language

function within(store: KeyValue, prefix: string): KeyValue {
  return {
    read: key => store.read(prefix + key),
    write: (key, value) => store.write(prefix + key, value),
    remove: key => store.remove(prefix + key),
  }
}
