/** WeChat: it asks once; after a no only its settings page can change the answer. */
import type { DeviceAccess, Permission } from '@/src/ports/DeviceAccess'

const SCOPE = { camera: 'scope.camera', microphone: 'scope.record' } as const

export function createMpDeviceAccess(): DeviceAccess {
  const query: DeviceAccess['query'] = device => new Promise(resolve => uni.getSetting({
    success: ({ authSetting }) => {
      const answer = authSetting[SCOPE[device]]
      resolve(answer === undefined ? 'unknown' : answer ? 'granted' : 'denied')
    },
    fail: () => resolve('unknown'),
  }))
  return {
    query,
    request: device => new Promise<Permission>(resolve => uni.authorize({
      scope: SCOPE[device],
      success: () => resolve('granted'),
      fail: () => query(device).then(resolve),
    })),
    openSettings: () => new Promise(resolve => uni.openSetting({ complete: () => resolve() })),
  }
}
