/** What the device says about itself. */
import type { Platform } from '@/src/ports/Platform'
import manifest from '@/manifest.json'

export function createPlatform(serverUrl: string): Platform {
  let isOnline = true
  // #ifdef H5
  isOnline = navigator.onLine
  // #endif
  return {
    language: systemLanguage(),
    serverUrl,
    appVersion: manifest.versionName,
    isOnline: () => isOnline,
    onNetwork(listener) {
      // #ifdef H5
      const hear = () => {
        isOnline = navigator.onLine
        listener(isOnline)
      }
      window.addEventListener('online', hear)
      window.addEventListener('offline', hear)
      return () => {
        window.removeEventListener('online', hear)
        window.removeEventListener('offline', hear)
      }
      // #endif
      // #ifdef MP-WEIXIN

      const change = (status: { isConnected: boolean }) => {
        isOnline = status.isConnected
        listener(isOnline)
      }
      uni.onNetworkStatusChange(change)
      return () => uni.offNetworkStatusChange(change)
      // #endif
    },
    copy,
  }
}

function systemLanguage(): string {
  // #ifdef H5
  return navigator.language
  // #endif
  // #ifdef MP-WEIXIN

  return uni.getAppBaseInfo().language ?? ''
  // #endif
}

function copy(text: string): Promise<boolean> {
  // #ifdef H5
  return copyOnWeb(text)
  // #endif
  // #ifdef MP-WEIXIN

  return new Promise(resolve => uni.setClipboardData({ data: text, showToast: false, success: () => resolve(true), fail: () => resolve(false) }))
  // #endif
}

// #ifdef H5
/** The clipboard of a page without https is reached only the old way. */
async function copyOnWeb(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  }
  catch {
    const field = document.createElement('textarea')
    field.value = text
    field.style.cssText = 'position:fixed;opacity:0'
    document.body.append(field)
    field.select()
    const isCopied = document.execCommand('copy')
    field.remove()
    return isCopied
  }
}
// #endif
