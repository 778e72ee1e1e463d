/** What only a live room needs. Made when the first room opens, so that it travels with the live package. */
import type { DeviceAccess } from '@/src/ports/DeviceAccess'
import type { DescribeDevice } from '@/src/ports/DeviceFacts'
import type { ImClient } from '@/src/ports/ImClient'
import type { KeyValue } from '@/src/ports/KeyValue'
import type { PrivacyGuide } from '@/src/ports/PrivacyGuide'
import { createEmbeddedImClient } from '@/src/adapters/socket/EmbeddedImClient'
import { connectUniSocket } from '@/src/adapters/socket/uniSocket'
import { createDeviceAccess } from '@/src/adapters/uni/createDeviceAccess'
import { createPrivacyGuide } from '@/src/adapters/uni/createPrivacyGuide'
import { createWindowStore } from '@/src/adapters/uni/createWindowStore'
import { describeDevice } from '@/src/adapters/uni/describeDevice'
import { createImClientByCredential } from '@/src/live/adapters/ImClientByCredential'
import { loadTim } from '@/src/live/adapters/tim/loadTim'
import { createTimImClient } from '@/src/live/adapters/tim/TimImClient'
import { useServices } from './services'

export interface LiveServices {
  readonly imClient: ImClient
  readonly deviceAccess: DeviceAccess
  readonly describeDevice: DescribeDevice
  readonly privacyGuide: PrivacyGuide
  /** Survives a reload of this window, and is seen by no other. */
  readonly windowStore: KeyValue
}

let provided: LiveServices | undefined

export function useLiveServices(): LiveServices {
  provided ??= createLiveServices()
  return provided
}

/** For tests. */
export function provideLiveServices(services: LiveServices): void {
  provided = services
}

function createLiveServices(): LiveServices {
  const { clock, platform, random, roomApi: api, sessionKeeper: session } = useServices()
  const embedded = createEmbeddedImClient({ connect: connectUniSocket, url: `${platform.serverUrl.replace(/^http/, 'ws')}/ws`, clock, random })
  const tencent = createTimImClient({ loadSdk: loadTim, api, session, clock, random })
  return {
    imClient: createImClientByCredential({ embedded, tencent, tencentVisitor: tencent }),
    deviceAccess: createDeviceAccess(),
    describeDevice,
    privacyGuide: createPrivacyGuide(),
    windowStore: createWindowStore(),
  }
}
