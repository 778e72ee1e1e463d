import type { Words } from '../words'
import type { order as source } from '../zhCN/order'

export const order: Words<typeof source> = {
  'title': 'Manage',
  'person': 'Viewer',
  'manage': 'Manage viewer {name}',
  'invite': 'Invite to the mic',
  'silence': 'Mute',
  'unsilence': 'Unmute',
  'unsilenceName': 'Unmute {name}',
  'silenced': 'Muted',
  'silenced.count': '{count} muted',
  'remove': 'Remove from the room',
  'remove.title': 'Remove {name} from the room?',
  'remove.body': 'They leave at once and cannot come back. You can let them in again under “Manage”.',
  'remove.yes': 'Remove',
  'readmit': 'Let in again',
  'readmitName': 'Let {name} in again',
  'removed': 'Removed',
  'removed.count': '{count} removed',
  'everyone': 'Mute everyone',
  'everyone.hint': 'Only you can chat while this is on',
  'nobody': 'Nobody is muted or removed',
  'nobody.body': 'Tap a name in the chat, or “Manage” under “Invite”, to mute or remove somebody.',

  // for those it concerns
  'muted.self': 'You have been muted',
  'muted.everyone': 'Everyone is muted',
  'out': 'The host has removed you from this room',
  'out.body': 'You cannot come back to this broadcast. Have a look at another one.',
}
