import type { Words } from '../words'
import type { simulator as source } from '../zhCN/simulator'

export const simulator: Words<typeof source> = {
  'card.title': 'No live components yet',
  'card.body': 'WeChat’s live-pusher and live-player publish and play, and they are missing here. A phone has them when all three are given:',
  'card.body.devTools': 'WeChat DevTools has no live-pusher and no live-player. A phone has them when all three are given:',
  'card.subject': 'Not a personal account',
  'card.subject.hint': 'A company, government, media or other organisation',
  'card.category': 'A category that allows it',
  'card.category.hint': 'Such as social › live or education › online video courses, approved',
  'card.switch': 'Interface settings',
  'card.switch.hint': 'Both switches for live audio and video are on',
  'card.copy': 'Copy the documents’ links',
  'card.simulate': 'Go on with simulated pictures',
  'card.simulate.hint': 'The picture is drawn; room, chat and link-mic are real',
  'card.notOffered': 'This server lends no simulated pictures (none in production).',
  'mark': 'Simulated',
  'you': 'You',
  'nobody': 'Waiting for a picture',
  'panel.title': 'Simulated pictures',
  'panel.body': 'Trouble the network or the phone, and see what the room does',
  'panel.none': 'All well',
  'panel.weak': 'Weak network',
  'panel.lost': 'Connection lost',
  'panel.call': 'Phone call',
  'panel.off': 'Stop simulating',
}
