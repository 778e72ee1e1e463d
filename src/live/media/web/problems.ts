/** The browser's and the server's refusals in our words. */
import type { MediaFailure } from '../recovery/recoveryState'
import type { MediaProblemCode } from '@/src/live/components/media'

export type Device = 'camera' | 'microphone' | 'screen'

/** A device that would not come, with the reason for the person. */
export class DeviceRefusal extends Error {
  override readonly name = 'DeviceRefusal'

  constructor(readonly code: MediaProblemCode, options?: ErrorOptions) {
    super(code, options)
  }
}

/** For `catch`: a refusal is an answer, anything else rises. */
export function asRefusal(error: unknown): DeviceRefusal {
  if (error instanceof DeviceRefusal)
    return error
  throw error
}

const DENIED = { camera: 'CAMERA_DENIED', microphone: 'MICROPHONE_DENIED', screen: 'SCREEN_DENIED' } as const
const MISSING = { camera: 'NO_CAMERA', microphone: 'NO_MICROPHONE', screen: 'UNSUPPORTED' } as const

/** https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia: the names of its errors. */
export function deviceProblem(error: unknown, device: Device): MediaProblemCode {
  switch ((error as Error).name) {
    case 'NotAllowedError':
    case 'SecurityError': return DENIED[device]
    case 'NotFoundError':
    case 'OverconstrainedError': return MISSING[device]
    case 'NotReadableError':
    case 'AbortError': return 'DEVICE_BUSY'
    default: return 'UNSUPPORTED'
  }
}

/** What WHIP or WHEP means by an answer other than 201. */
export async function sessionFailure(response: Pick<Response, 'status' | 'json'>): Promise<MediaFailure> {
  if (response.status !== 409)
    return httpFailure(response.status)
  // Other servers mean by it that the stream is still taken: only our own word is final.
  const { code } = await response.json().catch(() => ({})) as { code?: unknown }
  return code === 'REPLACED' ? 'replaced' : 'lost'
}

/** RFC 9725 leaves the statuses to HTTP; these are ours. */
export function httpFailure(status: number): MediaFailure {
  if (status === 401 || status === 403 || status === 410)
    return 'refused'
  if (status === 404)
    return 'gone'
  // 429 asks for patience; a conflict passes when the other publication has ended.
  return status >= 400 && status < 500 && ![408, 409, 425, 429].includes(status) ? 'unsupported' : 'lost'
}
