/** What of the tag this browser can do with the camera that runs now. */
import type { PusherAttribute, PusherCallName } from '../tags/pusherTag'
import type { Browser } from './browser'
import type { CameraControls } from './cameraControls'
import { PUSHER_ATTRIBUTES, PUSHER_CALLS_ON_WEB } from '../tags/pusherTag'
import { readPainterPowers } from './effects/painterPowers'
import { canPictureInPicture } from './viewModes'

export function pusherSupports(browser: Browser, controls: CameraControls, preview: HTMLVideoElement): (name: PusherAttribute | PusherCallName) => boolean {
  let powers: ReturnType<typeof readPainterPowers> | undefined

  return (name) => {
    switch (name) {
      case 'toggleTorch': return controls.hasTorch
      case 'getMaxZoom':
      case 'setZoom': return controls.canZoom
      case 'exitPictureInPicture': return canPictureInPicture(preview)
      case 'beauty': return (powers ??= readPainterPowers(browser)).skin
      case 'whiteness':
      case 'filter': return (powers ??= readPainterPowers(browser)).colour
      default: return name in PUSHER_ATTRIBUTES ? PUSHER_ATTRIBUTES[name as PusherAttribute].onWeb : PUSHER_CALLS_ON_WEB.includes(name as PusherCallName)
    }
  }
}
