/** What both sides of a room share: its channel, who is there, how the connection is, and the server's time. */
import type { ImState } from '@/src/ports/ImClient'
import { ref, shallowRef } from 'vue'
import { useLiveServices } from '@/src/app/liveServices'
import { useServices } from '@/src/app/services'
import { useMe } from '@/src/stores/me'
import { RoomChannel } from '../sessions/RoomChannel'
import { createServerTime } from '../sessions/serverTime'

export type { RoomChannel } from '../sessions/RoomChannel'

export function createRoomLink() {
  const { clock, platform, random, roomApi } = useServices()
  const { imClient } = useLiveServices()
  const me = useMe()
  const time = createServerTime(clock)

  async function signIn(isFresh: boolean): Promise<void> {
    const session = isFresh ? await roomApi.refreshSession() : await me.ready()
    imClient.login(session.im, session.token)
  }
  const channel = new RoomChannel({ im: imClient, clock, random, time, signIn })

  const online = ref<number>()
  const connection = shallowRef<ImState>(imClient.state)
  const hasNetwork = ref(platform.isOnline())
  /** The server's time, once a second while the page is open. */
  const now = ref(time.now())

  /** Returns its stop. */
  function start(): () => void {
    const stops = [
      channel.listen({
        online: (people) => {
          online.value = people
        },
        connection: (state) => {
          connection.value = state
        },
      }),
      platform.onNetwork((isOnline) => {
        hasNetwork.value = isOnline
        if (isOnline)
          channel.wake()
      }),
      clock.every(1000, () => {
        now.value = time.now()
      }),
    ]
    return () => stops.forEach(stop => stop())
  }

  return { channel, online, connection, hasNetwork, time, now, start }
}
