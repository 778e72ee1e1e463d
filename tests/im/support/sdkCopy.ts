import type { TimSdk } from '@/src/live/adapters/tim/timSdk'
import { vi } from 'vitest'
import { loadSdk } from '@/sandbox/tencent/im/testing/sdk'

/** The SDK keeps one instance for each application: people in one process need a copy each. */
export async function loadCopy(): Promise<TimSdk> {
  await loadSdk()
  vi.resetModules()
  return loadSdk()
}
