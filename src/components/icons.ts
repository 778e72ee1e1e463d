/** The names of the icon set; the drawings are in icons.scss. */
export const ICON_NAMES = [
  'audio', 'back', 'camera', 'cameraOff', 'cameraSwitch', 'chart', 'chat', 'check', 'chevron', 'clock', 'close', 'copy', 'edit', 'eye',
  'fullscreen', 'fullscreenExit', 'globe', 'info', 'link', 'live', 'mic', 'micOff', 'mirror', 'more', 'offline', 'pattern', 'pause',
  'people', 'person', 'pip', 'play', 'plus', 'refresh', 'screen', 'send', 'settings', 'share', 'signal', 'stop', 'volume', 'volumeOff', 'warning',
] as const

export type IconName = typeof ICON_NAMES[number]
