/** What one window remembers over a reload and others do not see. In WeChat the app is the window, and nothing reloads it. */
import type { KeyValue } from '@/src/ports/KeyValue'
import { createMemoryStore } from './memoryStore'
import { createSessionStore } from './sessionStore'

export function createWindowStore(): KeyValue {
  // #ifdef H5
  return createSessionStore()
  // #endif
  // #ifdef MP-WEIXIN

  return createMemoryStore()
  // #endif
}
