/** What the device says about itself. Browsers and WeChat say it in their own ways. */
import type { Platform } from '@/src/ports/Platform'
import { createMpPlatform } from './mpPlatform'
import { createWebPlatform } from './webPlatform'

export function createPlatform(serverUrl: string, appVersion: string): Platform {
  // #ifdef H5
  return createWebPlatform(serverUrl, appVersion)
  // #endif
  // #ifdef MP-WEIXIN

  return createMpPlatform(serverUrl, appVersion)
  // #endif
}
