/** The device as a browser tells of it. */
import type { Platform } from '@/src/ports/Platform'

export function createWebPlatform(serverUrl: string, appVersion: string): Platform {
  return {
    language: navigator.language,
    serverUrl,
    appVersion,
    isDevTools: false,
    usualQuality: 'HD',
    isOnline: () => navigator.onLine,
    onNetwork(listener) {
      const hear = () => listener(navigator.onLine)
      window.addEventListener('online', hear)
      window.addEventListener('offline', hear)
      return () => {
        window.removeEventListener('online', hear)
        window.removeEventListener('offline', hear)
      }
    },
    copy,
    openDocs: () => void window.open('/docs', '_blank', 'noopener'),
  }
}

/** The clipboard of a page without https is reached only the old way. */
async function copy(text: string): Promise<boolean> {
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
