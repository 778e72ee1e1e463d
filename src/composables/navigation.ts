/** The ways from screen to screen. */
export const PATHS = {
  me: '/src/pages/me/index',
  home: '/src/pages/home/index',
  anchor: '/src/live/pages/anchor/index',
  room: '/src/live/pages/room/index',
} as const

export const TOOL_PATHS = {
  push: '/src/live/pages/tools/push/index',
  play: '/src/live/pages/tools/play/index',
  lowLatency: '/src/live/pages/tools/lowLatency/index',
} as const

/** This page anew, as if its address had just been followed. */
export function startOver(): void {
  const page = getCurrentPages().at(-1) as { readonly $page: { readonly fullPath: string } }
  void uni.reLaunch({ url: page.$page.fullPath })
}

export const goTo = {
  me: () => void uni.navigateTo({ url: PATHS.me }),
  room: (roomId: string) => void uni.navigateTo({ url: `${PATHS.room}?id=${roomId}` }),
  anchor: () => void uni.navigateTo({ url: PATHS.anchor }),
  home: () => void uni.reLaunch({ url: PATHS.home }),
  /** Back, or home when a shared link led straight here. */
  back: () => {
    if (getCurrentPages().length > 1)
      void uni.navigateBack()
    else
      goTo.home()
  },
}
