/** What only a live room needs. Made when the first room opens, so that it travels with the live package. */
import type { Album } from '@/src/ports/Album'
import type { DeviceAccess } from '@/src/ports/DeviceAccess'
import type { DescribeDevice } from '@/src/ports/DeviceFacts'
import type { ImClient } from '@/src/ports/ImClient'
import type { KeyValue } from '@/src/ports/KeyValue'
import type { LiveReminder } from '@/src/ports/LiveReminder'
import type { PickMusic } from '@/src/ports/PickMusic'
import type { PrivacyGuide } from '@/src/ports/PrivacyGuide'
import type { RoomCode } from '@/src/ports/RoomCode'
import type { Simulator } from '@/src/ports/Simulator'
import type { ToolsApi } from '@/src/ports/ToolsApi'
import { createHttpRequest } from '@/src/adapters/http/httpRequest'
import { createEmbeddedImClient } from '@/src/adapters/socket/EmbeddedImClient'
import { connectUniSocket } from '@/src/adapters/socket/uniSocket'
import { createAlbum } from '@/src/adapters/uni/createAlbum'
import { createDeviceAccess } from '@/src/adapters/uni/createDeviceAccess'
import { createPrivacyGuide } from '@/src/adapters/uni/createPrivacyGuide'
import { createWindowStore } from '@/src/adapters/uni/createWindowStore'
import { describeDevice } from '@/src/adapters/uni/describeDevice'
import { createPresenceApi } from '@/src/live/adapters/createPresenceApi'
import { createRoomCode } from '@/src/live/adapters/createRoomCode'
import { createToolsApi } from '@/src/live/adapters/createToolsApi'
import { createImClientByCredential } from '@/src/live/adapters/ImClientByCredential'
import { pickMusic } from '@/src/live/adapters/pickMusic'
import { createLiveReminder } from '@/src/live/adapters/reminder/createLiveReminder'
import { createSimulator } from '@/src/live/adapters/simulator/createSimulator'
import { spareDevices, sparePrivacyGuide } from '@/src/live/adapters/simulator/spareDevices'
import { loadTim } from '@/src/live/adapters/tim/loadTim'
import { createTimImClient } from '@/src/live/adapters/tim/TimImClient'
import { useServices } from './services'

export interface LiveServices {
  readonly imClient: ImClient
  readonly deviceAccess: DeviceAccess
  readonly describeDevice: DescribeDevice
  readonly privacyGuide: PrivacyGuide
  readonly album: Album
  /** Undefined where there are no such messages. */
  readonly liveReminder: LiveReminder | undefined
  readonly pickMusic: PickMusic
  readonly roomCode: RoomCode
  readonly simulator: Simulator
  readonly toolsApi: ToolsApi
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
  const { clock, keyValue, platform, random, roomApi: api, sessionKeeper: session } = useServices()
  const embedded = createEmbeddedImClient({ connect: connectUniSocket, url: `${platform.serverUrl.replace(/^http/, 'ws')}/ws`, clock, random })
  const presence = createPresenceApi({ request: createHttpRequest(platform.serverUrl), serverUrl: platform.serverUrl, session, api })
  const tencent = createTimImClient({ loadSdk: loadTim, api, presence, session, clock, random })
  const simulator = createSimulator({ request: createHttpRequest(platform.serverUrl), session, api, keyValue, platform })
  const privacyGuide = sparePrivacyGuide(createPrivacyGuide(), simulator)
  return {
    imClient: createImClientByCredential({ embedded, tencent, tencentVisitor: tencent }),
    deviceAccess: spareDevices(createDeviceAccess(), simulator),
    describeDevice,
    privacyGuide,
    album: createAlbum({ clock, privacyGuide }),
    liveReminder: createLiveReminder({ request: createHttpRequest(platform.serverUrl), session, api }),
    pickMusic,
    roomCode: createRoomCode(platform.serverUrl),
    simulator,
    toolsApi: createToolsApi({ request: createHttpRequest(platform.serverUrl), session, api }),
    windowStore: createWindowStore(),
  }
}
