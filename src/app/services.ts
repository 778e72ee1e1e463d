/** What the app needs from the world. Made by createServices, handed to stores; tests hand in fakes. */
import type { Clock } from '@/src/ports/Clock'
import type { KeyValue } from '@/src/ports/KeyValue'
import type { Platform } from '@/src/ports/Platform'
import type { RoomApi } from '@/src/ports/RoomApi'
import type { SessionKeeper } from '@/src/ports/SessionKeeper'

export interface Services {
  readonly roomApi: RoomApi
  readonly clock: Clock
  readonly keyValue: KeyValue
  readonly platform: Platform
  readonly sessionKeeper: SessionKeeper
  /** In [0, 1). */
  readonly random: () => number
}

let provided: Services | undefined

export function provideServices(services: Services): void {
  provided = services
}

/** For stores. @throws Error before provideServices */
export function useServices(): Services {
  if (!provided)
    throw new Error('provideServices has not been called')
  return provided
}
