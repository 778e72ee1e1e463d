/** The life of a room's page for its audience: what is shown of the room opens before it and closes before it. */
import type { Startable } from '../stores/linkMicStores'
import type { useAudienceRoom } from '../stores/useAudienceRoom'
import type { Chat } from '../stores/useChat'
import { onHide, onLoad, onShow, onUnload } from '@dcloudio/uni-app'

type AudienceRoom = Pick<ReturnType<typeof useAudienceRoom>, 'open' | 'close' | 'check'>

export function useAudienceVisit(audience: AudienceRoom, chat: Chat, ...windows: Startable[]): void {
  let stops: (() => void)[] = []

  onLoad((query) => {
    stops = [chat, ...windows].map(({ start }) => start())
    audience.open(query?.id ?? query?.scene ?? '') // `scene`: by a mini-program code
  })
  onUnload(() => {
    stops.forEach(stop => stop())
    audience.close()
  })
  onHide(() => chat.setHidden(true))
  onShow(() => {
    chat.setHidden(false)
    audience.check()
  })
}
