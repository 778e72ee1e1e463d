/** Lets the system ask for what somebody on the mic needs, one device after the other. */
import type { MediaProblemCode } from '../components/media'
import type { DeviceAccess } from '@/src/ports/DeviceAccess'

/** Undefined: everything is allowed. Whether a device is there at all shows when it is used. */
export async function mayUseDevices(devices: Pick<DeviceAccess, 'request'>, isVoice: boolean): Promise<MediaProblemCode | undefined> {
  for (const device of isVoice ? ['microphone'] as const : ['microphone', 'camera'] as const) {
    const answer = await devices.request(device)
    if (answer === 'insecure')
      return 'INSECURE_CONTEXT'
    if (answer === 'denied')
      return device === 'camera' ? 'CAMERA_DENIED' : 'MICROPHONE_DENIED'
  }
  return undefined
}
