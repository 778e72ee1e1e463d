import type { Words } from '../words'
import type { habits as source } from '../zhCN/habits'

export const habits: Words<typeof source> = {
  'privacy.title': 'First, the privacy guide',
  'privacy.body': 'WeChat asks you to read and agree to it before camera and microphone are used.',
  'privacy.agree': 'Agree and go on',
  'privacy.refuse': 'Refuse',
}
