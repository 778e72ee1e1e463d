/**
 * WeChat's privacy guide. A tap on a button of type agreePrivacyAuthorization before any of the guarded calls is all that
 * is needed (…/api/open-api/privacy/wx.onNeedPrivacyAuthorization.html); where none came before, WeChat asks by itself.
 */
import type { PrivacyGuide } from '@/src/ports/PrivacyGuide'

/** Since base library 2.32.3; before it there is no guide. */
type Guide = Partial<Pick<WechatMiniprogram.Wx, 'getPrivacySetting' | 'openPrivacyContract' | 'requirePrivacyAuthorize'>>

export function createMpPrivacyGuide(): PrivacyGuide {
  const guide: Guide = wx
  return {
    pending: () => new Promise(resolve => guide.getPrivacySetting
      ? guide.getPrivacySetting({
          success: ({ needAuthorization, privacyContractName }) => resolve(needAuthorization ? privacyContractName : undefined),
          fail: () => resolve(undefined), // the guarded call itself will say what is wrong
        })
      : resolve(undefined)),
    open: () => guide.openPrivacyContract?.({ fail: () => {} }),
    require: () => new Promise(resolve => guide.requirePrivacyAuthorize
      ? guide.requirePrivacyAuthorize({ success: () => resolve(true), fail: () => resolve(false) })
      : resolve(true)),
  }
}
