import type { Words } from '../words'
import type { simulator as source } from '../zhCN/simulator'

export const simulator: Words<typeof source> = {
  'card.title': 'No live components yet',
  'card.body': 'WeChat has not given this mini-program live-pusher and live-player. It takes all three:',
  'card.body.devTools': 'DevTools has no live-pusher and live-player. A phone has them with all three:',
  'card.subject': 'No personal account: a company, government, media …',
  'card.category': 'A category that allows it, such as social › live',
  'card.switch': 'Both audio and video switches on in the interface settings',
  'card.copy': 'Copy links',
  'card.simulate': 'Go on with simulated pictures',
  'mark': 'Simulated',
  'you': 'You',
  'none': 'All well',
  'weak': 'Weak network',
  'lost': 'Connection lost',
  'call': 'Phone call',
  'off': 'Stop simulating',
}
