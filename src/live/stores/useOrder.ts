/** The window on the order in the anchor's room: who is silenced, who was sent away, and what the anchor can do. */
import type { OrderState } from '../sessions/OrderSession'
import type { RoomHome } from './roomHome'
import type { User } from '@/shared/protocol/rest'
import { computed, shallowRef } from 'vue'
import { useServices } from '@/src/app/services'
import { OrderSession, UNKNOWN_ORDER } from '../sessions/OrderSession'
import { perRoom } from './roomHome'

export type OrderStore = ReturnType<typeof useOrder>

export function useOrder({ room }: Pick<RoomHome, 'room'>) {
  const { clock, random, roomApi } = useServices()
  const state = shallowRef<OrderState>(UNKNOWN_ORDER)
  let session: OrderSession | undefined

  const lists = computed(() => state.value.lists)
  const view = computed(() => lists.value.status === 'loaded' ? lists.value.view : undefined)
  const pendingAll = computed(() => state.value.pending.find(command => command.type === 'silenceAll'))

  function open(roomId: string): () => void {
    const opened = new OrderSession({ api: roomApi, clock, random }, roomId)
    session = opened
    state.value = opened.state.value
    const stopWatching = opened.state.watch((next) => {
      state.value = next
    })
    opened.load()
    return () => {
      stopWatching()
      opened.stop()
    }
  }

  return {
    lists,
    problem: computed(() => state.value.problem),
    /** As the anchor wants it: the answer is on its way. */
    isEveryoneSilenced: computed(() => pendingAll.value?.isOn ?? view.value?.isEveryoneSilenced ?? room.value?.isSilenced ?? false),
    isSilenced: ({ id }: User) => view.value?.silenced.some(user => user.id === id) ?? false,
    isRemoved: ({ id }: User) => view.value?.removed.some(user => user.id === id) ?? false,
    isPending: ({ id }: User) => state.value.pending.some(command => 'userId' in command && command.userId === id),
    load: () => session?.load(),
    silence: ({ id }: User) => session?.give({ type: 'silence', userId: id }),
    unsilence: ({ id }: User) => session?.give({ type: 'unsilence', userId: id }),
    silenceAll: (isOn: boolean) => session?.give({ type: 'silenceAll', isOn }),
    remove: ({ id }: User) => session?.give({ type: 'remove', userId: id }),
    readmit: ({ id }: User) => session?.give({ type: 'readmit', userId: id }),
    start: () => perRoom({ room }, open),
  }
}
