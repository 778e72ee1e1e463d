import type { Words } from '../words'
import type { trouble as source } from '../zhCN/trouble'

export const trouble: Words<typeof source> = {
  'weak': 'The network is unstable. The picture may stutter.',
  'reconnecting': 'Reconnecting',
  'reconnecting.again': 'Reconnecting (try {attempt})',
  'waiting': 'The connection broke',
  'waiting.body': 'Next try in {seconds} s',
  'offline': 'You are offline',
  'offline.body': 'It goes on when the network is back.',
  'paused.call': 'You are in a call',
  'paused.call.body': 'It goes on when the call is over.',
  'paused.system': 'The system is using camera or microphone',
  'paused.system.body': 'It goes on when they are free.',
  'paused.background': 'In the background',
  'paused.background.body': 'It goes on when you are back.',
  'paused.person': 'Paused',
  'stuck': 'Still not connected',
  'stuck.body': 'Check your network. We go on trying.',
  'code': '{meaning} ({code}). {fix}.',
  'retry': 'Try now',
  'resume': 'Go on now',
  'settings': 'Open settings',
  'mobile': 'You are on mobile data',
}
