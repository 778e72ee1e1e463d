/** What only a live room needs. Made when the first room opens, so that it travels with the live package. */
import type { DeviceAccess } from '@/src/ports/DeviceAccess'
import type { ImClient } from '@/src/ports/ImClient'
import { createEmbeddedImClient } from '@/src/adapters/socket/EmbeddedImClient'
import { connectUniSocket } from '@/src/adapters/socket/uniSocket'
import { createDeviceAccess } from '@/src/adapters/uni/createDeviceAccess'
import { useServices } from './services'

export interface LiveServices {
  readonly imClient: ImClient
  readonly deviceAccess: DeviceAccess
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
  const { clock, platform, random } = useServices()
  return {
    imClient: createEmbeddedImClient({ connect: connectUniSocket, url: `${platform.serverUrl.replace(/^http/, 'ws')}/ws`, clock, random }),
    deviceAccess: createDeviceAccess(),
  }
}
