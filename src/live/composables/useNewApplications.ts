/** Applications that have just come: announced for a moment, unless the anchor is looking at the desk. */
import type { Ref } from 'vue'
import type { WaitingApplication } from '../stores/linkMicStores'
import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import { useServices } from '@/src/app/services'

export const ANNOUNCED_MS = 5000
/** Between two people in the same place: a second tap is meant for the first. */
export const NEXT_AFTER_MS = 600

export function useNewApplications(queue: Readonly<Ref<readonly WaitingApplication[]>>, isDeskOpen: Readonly<Ref<boolean>>) {
  const { clock } = useServices()
  const announced = shallowRef<readonly string[]>([])
  const isPausing = ref(false)
  let stopTimer = () => {}
  let stopPause = () => {}

  function dismiss() {
    stopTimer()
    announced.value = []
  }

  watch(() => queue.value.map(({ requestId }) => requestId), (now, before = []) => {
    const come = now.filter(id => !before.includes(id))
    if (come.length === 0 || isDeskOpen.value)
      return
    announced.value = [...announced.value, ...come]
    stopTimer()
    stopTimer = clock.after(ANNOUNCED_MS, dismiss)
  }, { immediate: true })
  watch(isDeskOpen, isOpen => isOpen && dismiss())
  onBeforeUnmount(() => {
    stopPause()
    dismiss()
  })

  /** Those announced who still wait, in their order. */
  const waiting = computed(() => queue.value.filter(({ requestId }) => announced.value.includes(requestId)))
  watch(() => waiting.value[0]?.requestId, (now, before) => {
    if (now === undefined || before === undefined)
      return
    isPausing.value = true
    stopPause()
    stopPause = clock.after(NEXT_AFTER_MS, () => {
      isPausing.value = false
    })
  }, { flush: 'sync' })
  return { applications: computed(() => isPausing.value ? [] : waiting.value), dismiss }
}
