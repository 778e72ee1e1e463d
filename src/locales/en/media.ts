import type { Words } from '../words'
import type { media as source } from '../zhCN/media'

export const media: Words<typeof source> = {
  CAMERA_DENIED: 'The camera is blocked. Please allow it in the settings.',
  MICROPHONE_DENIED: 'The microphone is blocked. Please allow it in the settings.',
  NO_CAMERA: 'No camera was found. You can use the test pattern, share a screen, or go live with sound only.',
  NO_MICROPHONE: 'No microphone was found. Please connect one and try again.',
  DEVICE_BUSY: 'Another program is using the camera or microphone. Please close it and try again.',
  SCREEN_DENIED: 'Screen sharing was not allowed.',
  INSECURE_CONTEXT: 'Browsers allow cameras on https and on this machine only. Please open the https address.',
  UNSUPPORTED: 'This browser can neither play nor broadcast. Please use a current Chrome, Edge or Safari.',
  REFUSED: 'The server refused this stream; the link may have expired. Please try again.',
  REPLACED: 'You are live from another page or device',
  STREAM_GONE: 'The host’s picture is gone.',
  NETWORK: 'The connection broke. Reconnecting.',
  AUTOPLAY_BLOCKED: 'The browser has muted the sound. Tap to turn it on.',
  TAG_UNAVAILABLE: 'WeChat’s live components are missing here: not granted to this mini-program yet, or it runs in DevTools.',
  NO_SIMULATOR: 'This server lends no simulated pictures (none in production).',
  PRIVACY_DENIED: 'Please agree to the privacy guide first; it is about the camera and the microphone.',
}
