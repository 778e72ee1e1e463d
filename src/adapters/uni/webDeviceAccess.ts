/** Browsers: the permissions API to look, getUserMedia to ask. A page cannot open the browser's settings. */
import type { DeviceAccess, Permission } from '@/src/ports/DeviceAccess'

export function createWebDeviceAccess(): DeviceAccess {
  return {
    async query(device) {
      if (window.isSecureContext === false)
        return 'insecure'
      try {
        const { state } = await navigator.permissions.query({ name: device as PermissionName })
        return state === 'prompt' ? 'unknown' : state
      }
      catch {
        return 'unknown' // Firefox knows neither name
      }
    },
    async request(device): Promise<Permission> {
      try {
        const stream = await navigator.mediaDevices.getUserMedia(device === 'camera' ? { video: true } : { audio: true })
        stream.getTracks().forEach(track => track.stop())
        return 'granted'
      }
      catch (cause) {
        // A missing or busy device is no answer to the question.
        return cause instanceof DOMException && cause.name === 'NotAllowedError' ? 'denied' : 'unknown'
      }
    },
    openSettings: async () => {},
  }
}
