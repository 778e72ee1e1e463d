/** Camera, microphone and screen: asked for with one question where possible, refusals told apart. */
import type { PusherTag } from '../tags/pusherTag'
import type { Browser } from './browser'
import type { Device } from './problems'
import type { MediaDevices, MediaProblemCode, PusherProps } from '@/src/live/components/media'
import { figuresOf } from './figures'
import { asRefusal, deviceProblem, DeviceRefusal } from './problems'

export interface CaptureSettings extends Pick<PusherProps, 'source' | 'quality' | 'facing' | 'cameraId' | 'microphoneId'> {
  /** What the page asks of the tag besides; what it leaves out is chosen here. */
  readonly tag?: Partial<PusherTag>
}

const SAMPLE_RATES = { high: 48_000, low: 16_000 } as const

/** Either may fail while the other comes. */
export interface OpenedDevices {
  readonly camera: MediaStreamTrack | DeviceRefusal
  readonly microphone: MediaStreamTrack | DeviceRefusal
}

/** One permission question for both. */
export async function openCameraAndMicrophone(browser: Browser, settings: CaptureSettings): Promise<OpenedDevices> {
  try {
    const stream = await ask(browser, { video: cameraConstraints(settings), audio: microphoneConstraints(settings) })
    return { camera: stream.getVideoTracks()[0], microphone: stream.getAudioTracks()[0] }
  }
  catch (error) {
    // Asking again after a "no" would nag: only the device that is allowed for certain gets a second try.
    const isRefused = (error as Error).name === 'NotAllowedError'
    const mayAsk = async (device: 'camera' | 'microphone') => !isRefused || await browser.permission(device) === 'granted'
    const refusal = (device: Device) => new DeviceRefusal(deviceProblem(error, device), { cause: error })
    return {
      camera: await mayAsk('camera') ? await openCamera(browser, settings).catch(asRefusal) : refusal('camera'),
      microphone: await mayAsk('microphone') ? await openMicrophone(browser, settings).catch(asRefusal) : refusal('microphone'),
    }
  }
}

/** A chosen camera that is gone gives way to the default one. @throws DeviceRefusal */
export function openCamera(browser: Browser, settings: CaptureSettings): Promise<MediaStreamTrack> {
  return openOne(browser, 'camera', [
    { video: cameraConstraints(settings) },
    ...settings.cameraId ? [{ video: cameraConstraints({ ...settings, cameraId: '' }) }] : [],
  ])
}

/** @throws DeviceRefusal */
export function openMicrophone(browser: Browser, settings: CaptureSettings): Promise<MediaStreamTrack> {
  return openOne(browser, 'microphone', [
    { audio: microphoneConstraints(settings) },
    ...settings.microphoneId ? [{ audio: microphoneConstraints({ ...settings, microphoneId: '' }) }] : [],
  ])
}

/** Must follow a tap. @throws DeviceRefusal */
export async function openScreen({ mediaDevices }: Browser): Promise<MediaStreamTrack> {
  if (!mediaDevices?.getDisplayMedia)
    throw new DeviceRefusal('UNSUPPORTED')
  try {
    const stream = await mediaDevices.getDisplayMedia({ video: { frameRate: 25 }, audio: false })
    return stream.getVideoTracks()[0]
  }
  catch (error) {
    throw new DeviceRefusal(deviceProblem(error, 'screen'), { cause: error })
  }
}

export async function listDevices({ mediaDevices }: Browser): Promise<MediaDevices> {
  const all = await mediaDevices?.enumerateDevices() ?? []
  // Before permission the browser lists one nameless device per kind, without an id.
  const ofKind = (kind: MediaDeviceKind) => all.filter(device => device.kind === kind && device.deviceId).map(({ deviceId, label }) => ({ id: deviceId, name: label }))
  return { cameras: ofKind('videoinput'), microphones: ofKind('audioinput'), canShareScreen: Boolean(mediaDevices?.getDisplayMedia) }
}

export function cameraConstraints(settings: CaptureSettings): MediaTrackConstraints {
  const { facing, cameraId, tag } = settings
  const { longSide, shortSide, fps } = figuresOf(settings)
  return {
    width: { ideal: longSide },
    height: { ideal: shortSide },
    frameRate: { ideal: fps },
    ...(tag?.orientation === 'horizontal' && { aspectRatio: { ideal: longSide / shortSide } }), // phones give what they hold upright
    ...(cameraId ? { deviceId: { exact: cameraId } } : { facingMode: { ideal: facing === 'back' ? 'environment' : 'user' } }),
  }
}

function microphoneConstraints({ microphoneId, tag }: CaptureSettings): MediaTrackConstraints {
  return {
    echoCancellation: true,
    noiseSuppression: tag?.enableAns ?? true,
    autoGainControl: tag?.enableAgc ?? true,
    ...(tag?.audioQuality && { sampleRate: { ideal: SAMPLE_RATES[tag.audioQuality] } }),
    ...(microphoneId && { deviceId: { exact: microphoneId } }),
  }
}

async function openOne(browser: Browser, device: 'camera' | 'microphone', tries: MediaStreamConstraints[]): Promise<MediaStreamTrack> {
  let code: MediaProblemCode = 'UNSUPPORTED'
  for (const constraints of tries) {
    try {
      return (await ask(browser, constraints)).getTracks()[0]
    }
    catch (error) {
      if (error instanceof DeviceRefusal)
        throw error
      code = deviceProblem(error, device)
    }
  }
  throw new DeviceRefusal(code)
}

function ask({ mediaDevices, isSecure }: Browser, constraints: MediaStreamConstraints): Promise<MediaStream> {
  if (!mediaDevices)
    throw new DeviceRefusal(isSecure ? 'UNSUPPORTED' : 'INSECURE_CONTEXT')
  return mediaDevices.getUserMedia(constraints)
}
