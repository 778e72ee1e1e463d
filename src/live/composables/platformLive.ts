/** What the live room's screens must know of the platform they run on. */
import type { ChatLimits } from '../sessions/chatLog'
import type { MediaDevices, PictureSource } from '@/src/live/components/media'
import { MINI_PROGRAM_LIMITS, WEB_LIMITS } from '../sessions/chatLog'

export function chatLimits(): ChatLimits {
  // #ifdef H5
  return WEB_LIMITS
  // #endif
  // #ifdef MP-WEIXIN

  return MINI_PROGRAM_LIMITS
  // #endif
}

/** WeChat's live-pusher knows its camera and nothing else. */
export function pictureSources(devices: MediaDevices): readonly PictureSource[] {
  // #ifdef H5
  return devices.canShareScreen ? ['camera', 'screen', 'pattern', 'none'] : ['camera', 'pattern', 'none']
  // #endif
  // #ifdef MP-WEIXIN

  return ['camera', 'none']
  // #endif
}
