/** "Tell me when this anchor is live again": whether that is offered, and how it went. Done holds until they are live. */
import type { Ref } from 'vue'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { Room } from '@/shared/protocol/rest'
import type { ReminderAnswer } from '@/src/ports/LiveReminder'
import { computed, shallowRef, watch } from 'vue'
import { useLiveServices } from '@/src/app/liveServices'
import { useServices } from '@/src/app/services'
import { failureCode } from '../sessions/failureCode'

export type ReminderState
  = | { readonly status: 'idle' | 'asking' | 'done' }
    | { readonly status: 'refused', readonly answer: Exclude<ReminderAnswer, 'accepted'> }
    | { readonly status: 'failed', readonly code: ErrorCode }

export type ReminderStore = ReturnType<typeof useReminder>

export function useReminder(room: Ref<Room | undefined>) {
  const { sessionKeeper } = useServices()
  const { liveReminder } = useLiveServices()
  const state = shallowRef<ReminderState>({ status: 'idle' })
  const canSend = shallowRef(false)
  /** WeChat's yes is good for one message: after a call that failed it is still there. */
  let isAllowed = false
  /** Counts what is over: an answer that comes later is about the broadcast before. */
  let round = 0

  watch(() => room.value?.status, async (status) => {
    if (status === 'live') {
      round++
      isAllowed = false
      state.value = { status: 'idle' }
    }
    else if (status !== undefined && liveReminder && !canSend.value) {
      canSend.value = await liveReminder.isOffered()
    }
  }, { immediate: true })

  return {
    state,
    isOffered: computed(() => canSend.value && room.value !== undefined && room.value.anchor.id !== sessionKeeper.current?.user.id),
    /** In the middle of a tap. */
    async press(): Promise<void> {
      if (!liveReminder || !room.value || state.value.status === 'asking')
        return
      const { id } = room.value
      const own = round
      const asked = isAllowed ? undefined : liveReminder.ask() // before anything is waited for: WeChat looks for the tap
      state.value = { status: 'asking' }
      const answer = await asked ?? 'accepted'
      if (own !== round)
        return
      if (answer !== 'accepted') {
        state.value = { status: 'refused', answer }
        return
      }
      isAllowed = true
      const after = await liveReminder.add(id).then((): ReminderState => ({ status: 'done' }), (error: unknown): ReminderState => ({ status: 'failed', code: failureCode(error) }))
      if (own === round)
        state.value = after
    },
  }
}
