import type { Words } from '../words'
import type { home as source } from '../zhCN/home'

export const home: Words<typeof source> = {
  'title': 'Live now',
  'tagline': 'Open the camera and talk',
  'goLive': 'Go live',
  'me': 'Me',
  'viewers': '{count} watching',
  'demo': 'Demo',
  'interrupted': 'Away',
  'enter': 'Enter {anchor}’s room: {title}',
  'empty.title': 'Nobody is live right now',
  'empty.body': 'Be the first, or push a picture with OBS or ffmpeg.',
  'empty.action': 'Go live',
  'invite.title': 'This place is yours',
  'invite.body': 'Open the camera and go live',
  'stale.failed': 'Could not refresh; this is the list from a moment ago',
  'stale.offline': 'You are offline. The list refreshes when you are back',
  'more.failed': 'The next page did not load. Tap to try again',
  'end': 'That is everyone',
}
