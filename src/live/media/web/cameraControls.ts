/** Zoom and torch of the running camera, where it has them. https://www.w3.org/TR/image-capture/#constrainable-properties */
import { MediaCallError } from '../tags/call'

interface ControlCapabilities extends MediaTrackCapabilities { readonly zoom?: { readonly min: number, readonly max: number }, readonly torch?: boolean }
interface ControlSettings extends MediaTrackConstraintSet { readonly zoom?: number, readonly torch?: boolean }

export interface CameraControls {
  readonly canZoom: boolean
  readonly hasTorch: boolean
  /** 1 where it cannot. */
  readonly maxZoom: number
  /** @param zoom from 1. @throws MediaCallError INVALID above maxZoom */
  setZoom: (zoom: number) => Promise<void>
  /** Where it has one. */
  toggleTorch: () => Promise<void>
}

/** @param camera the one that runs now, if any */
export function createCameraControls(camera: () => MediaStreamTrack | undefined): CameraControls {
  let isTorchOn: MediaStreamTrack | undefined
  const capabilities = (): ControlCapabilities => camera()?.getCapabilities?.() ?? {}
  /** Some cameras count from 0, others from 100. */
  const zoomUnit = () => capabilities().zoom?.min || 1
  const maxZoom = () => Math.max(1, (capabilities().zoom?.max ?? 1) / zoomUnit())

  /** What was asked of it before stays. */
  async function ask(change: ControlSettings) {
    const track = camera()!
    const before = track.getConstraints()
    const advanced = Object.assign({}, ...before.advanced ?? [], change) as ControlSettings
    await track.applyConstraints({ ...before, advanced: [advanced] })
  }

  return {
    get canZoom() { return maxZoom() > 1 },
    get hasTorch() { return capabilities().torch === true },
    get maxZoom() { return maxZoom() },
    async setZoom(zoom) {
      if (zoom > maxZoom())
        throw new MediaCallError('INVALID', `setZoom: at most ${maxZoom()}`)
      await ask({ zoom: zoom * zoomUnit() })
    },
    async toggleTorch() {
      const track = camera()
      const isOn = isTorchOn === track
      await ask({ torch: !isOn })
      isTorchOn = isOn ? undefined : track
    },
  }
}
