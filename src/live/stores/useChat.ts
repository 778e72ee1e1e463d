/** The window on a room's chat. */
import type { Ref } from 'vue'
import type { Arrival } from '../sessions/arrivalSlot'
import type { ChatLimits, ChatPage, ChatRow } from '../sessions/chatLog'
import type { Silence } from '../sessions/ChatSession'
import type { RoomChannel } from '../sessions/RoomChannel'
import { computed, shallowRef } from 'vue'
import { useServices } from '@/src/app/services'
import { useMe } from '@/src/stores/me'
import { pagesOf } from '../sessions/chatLog'
import { ChatSession } from '../sessions/ChatSession'

export type { Arrival, ChatPage, ChatRow, Silence }
export { lengthOf } from '../sessions/chatLog'

/** What the list of the chat draws. */
export interface ChatView {
  readonly pages: Readonly<Ref<readonly ChatPage[]>>
  readonly unread: Readonly<Ref<number>>
  readonly arrival: Readonly<Ref<Arrival | null>>
}

export type Chat = ReturnType<typeof useChat>

export function useChat(channel: RoomChannel, limits: ChatLimits) {
  const { clock } = useServices()
  const me = useMe()
  const session = new ChatSession({ channel, clock }, () => me.user ?? { id: '', nickname: '', avatar: 0 }, limits)
  const state = shallowRef(session.state.value)

  return {
    pages: computed(() => pagesOf(state.value, limits)),
    unread: computed(() => state.value.unread),
    arrival: computed(() => state.value.arrival),
    cooldown: computed(() => state.value.cooldown),
    silence: computed(() => state.value.silence),
    returned: computed(() => state.value.returned),
    speakerOf: (key: string) => session.speakerOf(key),
    /** Listens to the room; returns its stop. */
    start() {
      const stops = [session.start(), session.state.watch((next) => {
        state.value = next
      })]
      return () => stops.forEach(stop => stop())
    },
    send: (draft: string) => session.send(draft),
    retry: (key: string) => session.retry(key),
    setReading: (isReading: boolean) => session.setReading(isReading),
    setHidden: (isHidden: boolean) => session.setHidden(isHidden),
  }
}
