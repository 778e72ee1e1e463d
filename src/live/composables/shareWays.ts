/** In which ways a room can be shared from here. */
export type ShareWay
  /** WeChat's card to a chat: a native button. */
  = | 'friend'
  /** WeChat's timeline, which only its own menu can do: explained. */
    | 'timeline'
  /** WeChat's browser: its menu, pointed at. */
    | 'menu'
  /** The system's own sheet. */
    | 'system'
    | 'poster' | 'copy'

/** @param canTimeline the page is one that the timeline may show */
export function shareWays(canTimeline: boolean): readonly ShareWay[] {
  // #ifdef H5
  if (/MicroMessenger/i.test(navigator.userAgent))
    return ['menu', 'poster', 'copy']
  // On a desk the clipboard is quicker than a system dialog.
  return 'share' in navigator && matchMedia('(pointer: coarse)').matches ? ['system', 'poster', 'copy'] : ['poster', 'copy']
  // #endif
  // #ifdef MP-WEIXIN

  return canTimeline ? ['friend', 'timeline', 'poster', 'copy'] : ['friend', 'poster', 'copy']
  // #endif
}

/** WeChat: what its menu offers on this page. */
export function showShareMenu(canTimeline: boolean): void {
  // #ifdef MP-WEIXIN
  void uni.showShareMenu({ menus: canTimeline ? ['shareAppMessage', 'shareTimeline'] : ['shareAppMessage'], fail: () => {} })
  // #endif
}
