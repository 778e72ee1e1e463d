/** A room's way to its news, for as long as one component is in it. */
import type { ServerTime } from '../sessions/serverTime'
import type { Account } from './account'
import type { Tell } from './roomEvent'
import { failureCode } from '../sessions/failureCode'
import { RoomChannel } from '../sessions/RoomChannel'
import { createServerTime } from '../sessions/serverTime'
import { presentText } from './presentText'
import { CODE } from './roomEvent'
import { whenShown } from './whenShown'

export interface Line {
  readonly channel: RoomChannel
  readonly time: ServerTime
  /** Says something in the room; resolves with whether it was taken. A refusal is told. */
  say: (text: string) => Promise<boolean>
  /** Leaves the room and closes the socket. */
  close: () => void
}

/** `check` asks the server how things are: the app is back in front. */
export function openLine({ services, session, user, words }: Account, tell: Tell, check: () => void): Line {
  const { clock, createImClient, platform, random } = services
  const im = createImClient()
  const time = createServerTime(clock)
  const channel = new RoomChannel({ im, clock, random, time, async signIn(isFresh) {
    const { im: credential, token } = await session(isFresh)
    im.login(credential, token)
  } })
  let roomId = ''

  const stops = [
    channel.listen({
      room: room => roomId = room.id,
      utterances: (utterances) => {
        for (const said of utterances) {
          // Nobody is told of their own words, whatever carries the chat.
          if (said.type === 'chat' && said.from.id !== user.id)
            tell('recvTextMsg', CODE.ok, presentText(said, roomId, platform.serverUrl))
        }
      },
    }),
    platform.onNetwork(isOnline => isOnline && channel.wake()),
    whenShown(() => {
      channel.wake()
      check()
    }),
  ]

  return {
    channel,
    time,
    async say(text) {
      try {
        await channel.say(text)
        return true
      }
      catch (cause) {
        tell('error', CODE.text, words.errorText(failureCode(cause)))
        return false
      }
    },
    close() {
      stops.forEach(stop => stop())
      channel.leave()
      im.logout()
    },
  }
}
