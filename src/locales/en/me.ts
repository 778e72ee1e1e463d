import type { Words } from '../words'
import type { me as source } from '../zhCN/me'

export const me: Words<typeof source> = {
  'title': 'Me',
  'nickname': 'Nickname',
  'nickname.hint': '1 to {max} characters; the name people see in chat',
  'nickname.invalid': 'A nickname needs 1 to {max} characters',
  'avatar': 'Picture',
  'avatar.nth': 'Picture {n}',
  'language': 'Language',
  'language.system': 'Same as the system',
  'quality': 'Usual quality',
  'quality.SD': 'Standard',
  'quality.HD': 'High',
  'quality.FHD': 'Full HD',
  'reduceData': 'Use less data',
  'reduceData.hint': 'No cover pictures in the list, and no refreshing by itself',
  'tools': 'Developer tools',
  'tools.push': 'Publish tool',
  'tools.play': 'Play tool',
  'tools.lowLatency': 'Low-latency playback',
  'about': 'About',
  'about.body': 'An open live room: go live, watch and chat without a cloud account.',
  'version': 'Version',
  'docs': 'API documentation',
}
