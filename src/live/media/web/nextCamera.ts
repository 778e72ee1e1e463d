/** What the switch-camera button chooses. */
import type { Browser } from './browser'
import type { CaptureSettings } from './devices'
import { listDevices } from './devices'

/** A phone turns from front to back; a computer goes round its cameras. */
export async function nextCamera(browser: Browser, { facing }: CaptureSettings, current: MediaStreamTrack | undefined): Promise<Pick<CaptureSettings, 'facing' | 'cameraId'>> {
  const { facingMode, deviceId } = current?.getSettings() ?? {}
  if (facingMode)
    return { facing: facing === 'front' ? 'back' : 'front', cameraId: '' }
  const { cameras } = await listDevices(browser)
  const index = cameras.findIndex(({ id }) => id === deviceId)
  return { facing, cameraId: cameras[(index + 1) % cameras.length]?.id ?? '' }
}
