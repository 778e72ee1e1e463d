/**
 * The icon set: 24 × 24, drawn for this app in one round stroke. An icon is a mask, so that it takes the colour of the text
 * around it on both platforms.
 */
import { svgUri } from './svg'

const STROKES = {
  audio: 'M4 18v-4a8 8 0 0 1 16 0v4 M4 14h2.5a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1H5.5A1.5 1.5 0 0 1 4 18.5z M20 14h-2.5a1 1 0 0 0-1 1v4a1 1 0 0 0 1 1h1a1.5 1.5 0 0 0 1.5-1.5z',
  back: 'M14.5 5l-7 7 7 7',
  camera: 'M4.5 6h9A1.5 1.5 0 0 1 15 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 3 16.5v-9A1.5 1.5 0 0 1 4.5 6z M15 11l6-3.5v9L15 13',
  cameraOff: 'M4 4l16 16 M9.5 6h4A1.5 1.5 0 0 1 15 7.5V11l6-3.5v9l-2-1.1 M15 15v1.5a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 3 16.5v-9A1.5 1.5 0 0 1 4.5 6',
  cameraSwitch: 'M4 10a8.2 8.2 0 0 1 14.5-3.5L20.5 9 M20.5 4.5V9H16 M20 14a8.2 8.2 0 0 1-14.5 3.5L3.5 15 M3.5 19.5V15H8 M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  chart: 'M4 4v16h16 M8 15l3.5-4.5 3 2.5L19.5 7',
  chat: 'M20.5 11.5a8 8 0 0 1-8 8H4.2l1.7-3.1a8 8 0 1 1 14.6-4.9z M9 11.5h.01 M12.5 11.5h.01 M16 11.5h.01',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  chevron: 'M9.5 5l7 7-7 7',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z M12 7.5V12l3 2',
  close: 'M6 6l12 12 M18 6L6 18',
  copy: 'M10 8.5h9a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1z M5.5 15.5H5a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1V5',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z M12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z',
  fullscreen: 'M4 9V5a1 1 0 0 1 1-1h4 M20 9V5a1 1 0 0 0-1-1h-4 M4 15v4a1 1 0 0 0 1 1h4 M20 15v4a1 1 0 0 1-1 1h-4',
  leave: 'M3 15.5v-3C3 10.3 7 9 12 9s9 1.3 9 3.5v3h-5v-2.7a13 13 0 0 0-8 0v2.7z',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1 M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1',
  linkMic: 'M9 3a3 3 0 0 0-3 3v5.5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3z M2.5 11a6.5 6.5 0 0 0 13 0 M9 17.5V21 M19 3.5v6 M16 6.5h6',
  live: 'M12 10.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z M8.3 8.3a5.2 5.2 0 0 0 0 7.4 M15.7 8.3a5.2 5.2 0 0 1 0 7.4 M5.4 5.4a9.3 9.3 0 0 0 0 13.2 M18.6 5.4a9.3 9.3 0 0 1 0 13.2',
  mic: 'M12 3a3 3 0 0 0-3 3v5.5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3z M5.5 11a6.5 6.5 0 0 0 13 0 M12 17.5V21',
  micOff: 'M4 4l16 16 M15 9.5V6a3 3 0 0 0-5.7-1.3 M9 9v2.5a3 3 0 0 0 4.6 2.5 M5.5 11a6.5 6.5 0 0 0 10.3 5.3 M18.5 11a6.4 6.4 0 0 1-.6 2.7 M12 17.5V21',
  mirror: 'M12 3.5v17 M8.5 7.5L3 16.5h5.5z M15.5 7.5l5.5 9h-5.5z',
  pattern: 'M5 4.5h14a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-13a1 1 0 0 1 1-1z M8 4.5v11 M12 4.5v11 M16 4.5v11 M4 15.5h16',
  person: 'M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4.5 20.5a7.5 7.5 0 0 1 15 0',
  pip: 'M4.5 5h15A1.5 1.5 0 0 1 21 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5v-11A1.5 1.5 0 0 1 4.5 5z M12 12h5.5v3.5H12z',
  play: 'M8 5v14l11-7z',
  refresh: 'M20 12a8 8 0 1 1-2.6-5.9L20 8.5 M20 4v4.5h-4.5',
  screen: 'M4.5 4.5h15A1.5 1.5 0 0 1 21 6v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 15V6a1.5 1.5 0 0 1 1.5-1.5z M8.5 20h7 M12 13.5V8 M9.5 10.2L12 7.7l2.5 2.5',
  send: 'M20.5 3.5L10.5 13.5 M20.5 3.5l-6 17-4-7-7-4z',
  settings: 'M4 7.5h8.5 M17.5 7.5H20 M15 5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z M4 16.5h2.5 M11.5 16.5H20 M9 14a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  share: 'M12 15V3.5 M7.5 7.5L12 3l4.5 4.5 M5 12v7a1.5 1.5 0 0 0 1.5 1.5h11A1.5 1.5 0 0 0 19 19v-7',
  stop: 'M7.5 6h9A1.5 1.5 0 0 1 18 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 6 16.5v-9A1.5 1.5 0 0 1 7.5 6z',
  volume: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z M15.5 8.7a4.7 4.7 0 0 1 0 6.6 M18 6a8.5 8.5 0 0 1 0 12',
  volumeOff: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z M16 9.5l5 5 M21 9.5l-5 5',
  warning: 'M11.1 4.5a1 1 0 0 1 1.8 0l7.8 14a1 1 0 0 1-.9 1.5H4.2a1 1 0 0 1-.9-1.5z M12 10v4 M12 17h.01',
}

export type IconName = keyof typeof STROKES
export const ICON_NAMES = Object.keys(STROKES) as IconName[]

/** The value of a CSS mask-image. */
export function iconMask(name: IconName): string {
  const svg = svgUri(24, 24, `<path d='${STROKES[name]}' fill='none' stroke='#000' stroke-width='1.8' stroke-linecap='round' stroke-linejoin='round'/>`)
  return `url("${svg}")`
}
