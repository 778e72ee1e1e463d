/** Where pictures go. Browsers and WeChat keep them in their own ways. */
import type { Album } from '@/src/ports/Album'
import type { Clock } from '@/src/ports/Clock'
import type { PrivacyGuide } from '@/src/ports/PrivacyGuide'
import { createMpAlbum } from './mpAlbum'
import { createWebAlbum } from './webAlbum'

export function createAlbum({ clock, privacyGuide }: { clock: Pick<Clock, 'after'>, privacyGuide: Pick<PrivacyGuide, 'require'> }): Album {
  // #ifdef H5
  return createWebAlbum(clock)
  // #endif
  // #ifdef MP-WEIXIN

  return createMpAlbum(privacyGuide)
  // #endif
}
