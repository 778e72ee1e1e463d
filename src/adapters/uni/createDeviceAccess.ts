/** May we use camera and microphone? Browsers and WeChat ask and answer in their own ways. */
import type { DeviceAccess } from '@/src/ports/DeviceAccess'
import { createMpDeviceAccess } from './mpDeviceAccess'
import { createWebDeviceAccess } from './webDeviceAccess'

export function createDeviceAccess(): DeviceAccess {
  // #ifdef H5
  return createWebDeviceAccess()
  // #endif
  // #ifdef MP-WEIXIN

  return createMpDeviceAccess()
  // #endif
}
