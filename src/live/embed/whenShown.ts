/** The app or the tab is back in front: what slept is tried again at once. Returns what stops listening. */
export function whenShown(act: () => void): () => void {
  // #ifdef MP-WEIXIN
  uni.onAppShow(act)
  return () => uni.offAppShow(act)
  // #endif
  // #ifdef H5
  const hear = () => document.visibilityState === 'visible' && act()
  document.addEventListener('visibilitychange', hear)
  return () => document.removeEventListener('visibilitychange', hear)
  // #endif
}
