/** The functions of `uni` that the app calls. Each is a spy; a test gives it another answer with mockImplementation. */
import { vi } from 'vitest'

export function createUniStub() {
  const storage = new Map<string, unknown>()
  return {
    navigateTo: vi.fn(),
    navigateBack: vi.fn(),
    redirectTo: vi.fn(),
    reLaunch: vi.fn(),
    stopPullDownRefresh: vi.fn(),
    setKeepScreenOn: vi.fn(),
    getStorageSync: vi.fn((key: string) => storage.get(key) ?? ''),
    setStorageSync: vi.fn((key: string, value: unknown) => void storage.set(key, value)),
    removeStorageSync: vi.fn((key: string) => void storage.delete(key)),
    request: vi.fn(),
    getFileSystemManager: vi.fn(),
    setClipboardData: vi.fn(),
    getSetting: vi.fn(),
    authorize: vi.fn(),
    openSetting: vi.fn(),
    getNetworkType: vi.fn(),
    onNetworkStatusChange: vi.fn(),
    offNetworkStatusChange: vi.fn(),
    getMenuButtonBoundingClientRect: vi.fn(() => ({ top: 48, height: 32, left: 281, right: 368, bottom: 80, width: 87 })),
    getWindowInfo: vi.fn(() => ({ windowWidth: 375, windowHeight: 812, statusBarHeight: 44, safeArea: { bottom: 778 } })),
    getAppBaseInfo: vi.fn(() => ({ language: 'zh_CN', version: '8.0.50', SDKVersion: '3.8.0' })),
    getDeviceInfo: vi.fn(() => ({ brand: 'Apple', model: 'iPhone', system: 'iOS 17.0' })),
    connectSocket: vi.fn(),
    onAppShow: vi.fn(),
    offAppShow: vi.fn(),
    onAppHide: vi.fn(),
    offAppHide: vi.fn(),
    onAudioInterruptionEnd: vi.fn(),
    offAudioInterruptionEnd: vi.fn(),
    showShareMenu: vi.fn(),
    saveImageToPhotosAlbum: vi.fn(),
    getLaunchOptionsSync: vi.fn(() => ({ scene: 1001 })),
    createLivePusherContext: vi.fn(),
    createLivePlayerContext: vi.fn(),
    createSelectorQuery: vi.fn(createSelectorQueryStub),
  }
}

/** Finds no node. */
function createSelectorQueryStub() {
  const query = { in: () => query, select: () => ({ node: () => query }), exec: () => {} }
  return query
}
