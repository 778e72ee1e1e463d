import type { Words } from '../words'
import type { profile as source } from '../zhCN/profile'

export const profile: Words<typeof source> = {
  'picture': 'Use a picture of your own',
  'picture.failed': 'This file cannot be opened: choose another picture',
  'avatar.hint': 'Tap the face above to use a picture of your own, or choose a drawn one here',
}
