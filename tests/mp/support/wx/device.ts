/** The phone: an iPhone with a notch, a Chinese WeChat, wifi. */
export const SCREEN = { pixelRatio: 3, windowWidth: 375, windowHeight: 812, screenWidth: 375, screenHeight: 812, statusBarHeight: 44 }

export const SYSTEM = {
  ...SCREEN,
  platform: 'ios',
  system: 'iOS 17.0',
  brand: 'Apple',
  model: 'iPhone',
  language: 'zh_CN',
  theme: 'dark',
  SDKVersion: '3.8.0',
  version: '8.0.50',
  fontSizeSetting: 16,
  safeArea: { top: 44, left: 0, right: 375, bottom: 778, width: 375, height: 734 },
}

export const CAPSULE = { top: 48, right: 368, width: 87, height: 32, left: 281, bottom: 80 }
