import type { Words } from '../words'
import type { embed as source } from '../zhCN/embed'

export const embed: Words<typeof source> = {
  'notLoggedIn': 'Not logged in: call login() first.',
  'noServer': 'Name the server, such as https://live.example.com.',
  'noTim': 'This server chats over Tencent IM: hand the TIM SDK to login() as tim.',
  'badRoomId': 'There is no room ID, or it is not one.',
  'defaultTitle': '{name}\'s live room',
  'pushing': 'The broadcast broke off; reconnecting.',
  'playing': 'The picture broke off; reconnecting.',
  'suspended': 'The broadcast is paused, and goes on by itself when the app is back in front.',
  'closed': 'This broadcast is over.',
  'link.rejected': 'The host did not accept.',
  'link.expired': 'The host did not answer in time.',
  'link.closed': 'The host closed the stage.',
  'link.noStream': 'Your picture did not reach the server.',
  'link.dropped': 'The connection was gone for too long: you are off the stage.',
  'link.ended': 'You are off the stage.',
  'invited': 'The host invites you on stage',
  'connecting': 'Connecting…',
  'away': 'The host is away for a moment',
  'sound': 'Tap for sound',
  'close': 'Take {name} off the stage',
  'leave': 'Leave the stage',
  'me': 'Me',
}
