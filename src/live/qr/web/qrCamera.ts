/** A camera that looks for QR codes, in a browser. */
import type { ReadQr } from './readQr'
import type { Clock } from '@/src/ports/Clock'
import { createVideo } from '@/src/live/media/web/videoElement'

const LOOK_MS = 200

export interface QrCameraOptions {
  readonly devices: Pick<MediaDevices, 'getUserMedia'>
  readonly clock: Pick<Clock, 'every'>
  readonly read: ReadQr
  readonly onText: (text: string) => void
}

export interface QrCamera {
  /** What it sees; to be put on the page. */
  readonly video: HTMLVideoElement
  /** Lets the camera go. */
  readonly stop: () => void
}

/** Asks for the camera. @throws what getUserMedia throws */
export async function startQrCamera({ devices, clock, read, onText }: QrCameraOptions): Promise<QrCamera> {
  const stream = await devices.getUserMedia({ video: { facingMode: 'environment' } })
  const video = createVideo()
  video.muted = true
  video.srcObject = stream
  let isBusy = false
  let isOver = false

  const stopLooking = clock.every(LOOK_MS, async () => {
    if (isBusy || video.videoWidth === 0)
      return
    isBusy = true
    const text = await read(video).catch(() => undefined)
    isBusy = false
    if (text !== undefined && !isOver)
      onText(text)
  })
  void video.play().catch(() => {}) // stopped before it ran
  return {
    video,
    stop() {
      isOver = true
      stopLooking()
      stream.getTracks().forEach(track => track.stop())
      video.remove()
    },
  }
}
