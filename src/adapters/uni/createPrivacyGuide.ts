/** Is there a guide to agree to? Only WeChat has one. */
import type { PrivacyGuide } from '@/src/ports/PrivacyGuide'
import { createMpPrivacyGuide } from './mpPrivacyGuide'
import { createWebPrivacyGuide } from './webPrivacyGuide'

export function createPrivacyGuide(): PrivacyGuide {
  // #ifdef H5
  return createWebPrivacyGuide()
  // #endif
  // #ifdef MP-WEIXIN

  return createMpPrivacyGuide()
  // #endif
}
