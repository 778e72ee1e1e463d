/** The device as WeChat tells of it. */
import type { Platform } from '@/src/ports/Platform'

export function createMpPlatform(serverUrl: string, appVersion: string): Platform {
  // WeChat tells of the network when it is asked and when it changes: followed from the start, whoever listens.
  let isOnline = true
  uni.getNetworkType({ success: ({ networkType }) => isOnline = networkType !== 'none' })
  uni.onNetworkStatusChange(({ isConnected }) => isOnline = isConnected)

  return {
    language: uni.getAppBaseInfo().language ?? '',
    serverUrl,
    appVersion,
    isDevTools: uni.getDeviceInfo().platform === 'devtools',
    usualQuality: 'SD',
    isOnline: () => isOnline,
    onNetwork(listener) {
      const hear = ({ isConnected }: { isConnected: boolean }) => listener(isConnected)
      uni.onNetworkStatusChange(hear)
      return () => uni.offNetworkStatusChange(hear)
    },
    copy: text => new Promise(resolve => uni.setClipboardData({ data: text, showToast: false, success: () => resolve(true), fail: () => resolve(false) })),
    openDocs: undefined,
  }
}
