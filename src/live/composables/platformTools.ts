/** What the tools must know of the platform they run on. */
import type { AddressRules } from '../tools/address'
import { onBeforeUnmount } from 'vue'

export function publishRules(): AddressRules {
  // #ifdef H5
  return { kinds: ['whip'], isSecurePage: location.protocol === 'https:' }
  // #endif
  // #ifdef MP-WEIXIN

  return { kinds: ['rtmp'], isSecurePage: false }
  // #endif
}

/** The kind that suits best stands first. */
export function playRules(isLowLatency: boolean): AddressRules {
  // #ifdef H5
  return { kinds: isLowLatency ? ['whep', 'leb', 'flv', 'wsFlv', 'hls'] : ['flv', 'wsFlv', 'whep', 'leb', 'hls'], isSecurePage: location.protocol === 'https:' }
  // #endif
  // #ifdef MP-WEIXIN

  return { kinds: isLowLatency ? ['rtmp', 'flv'] : ['flv', 'rtmp'], isSecurePage: false }
  // #endif
}

/** Web: `onBlocked` is called when the browser keeps the page from connecting to where it was told to. */
export function useBlockedConnections(onBlocked: () => void): void {
  // #ifdef H5
  const hear = ({ effectiveDirective }: SecurityPolicyViolationEvent) => /^(?:connect|media)-src/.test(effectiveDirective) && onBlocked()
  document.addEventListener('securitypolicyviolation', hear)
  onBeforeUnmount(() => document.removeEventListener('securitypolicyviolation', hear))
  // #endif
}

/** Shows a picture that was taken, so that the person can keep it: WeChat by a long press, a browser as a file. */
export function showSnapshot(path: string): void {
  // #ifdef MP-WEIXIN
  void uni.previewImage({ urls: [path] })
  // #endif
  // #ifdef H5
  Object.assign(document.createElement('a'), { href: path, download: 'snapshot.jpg' }).click()
  // #endif
}
