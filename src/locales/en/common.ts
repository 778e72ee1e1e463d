import type { Words } from '../words'
import type { common as source } from '../zhCN/common'

export const common: Words<typeof source> = {
  'appName': 'Lianmai',
  'retry': 'Try again',
  'cancel': 'Cancel',
  'close': 'Close',
  'back': 'Back',
  'save': 'Save',
  'saved': 'Saved',
  'copied': 'Copied',
  'loading': 'Loading',
  'loadFailed': 'That did not load',
  'account.title': 'Please sign in first',
  'account.body': 'You need an account to come in here. Enter from the website or app where you sign in, then try again.',
  'live': 'LIVE',
  'network.good': 'Good connection',
  'network.weak': 'Weak connection',
  'network.bad': 'Poor connection',
}
