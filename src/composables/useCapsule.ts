/** Where WeChat's own capsule (menu and close) lies, so that our top bar lines up with it and stays clear of it. */
export interface Capsule {
  /** px from the top of the screen. */
  readonly top: number
  readonly height: number
  /** px from the right edge that must stay free; 0 where there is no capsule. */
  readonly right: number
}

const GAP = 8

export function useCapsule(): Capsule {
  // #ifdef MP-WEIXIN
  const { top, height, left } = uni.getMenuButtonBoundingClientRect()
  return { top, height, right: uni.getWindowInfo().windowWidth - left + GAP }
  // #endif
  // #ifdef H5

  return { top: 10, height: 44, right: 0 }
  // #endif
}
