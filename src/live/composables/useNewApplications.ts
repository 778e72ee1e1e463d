/** Applications that have just come: announced for a moment, unless the anchor is looking at the desk. */
import type { Ref } from 'vue'
import type { WaitingApplication } from '../stores/linkMicStores'
import { computed, onBeforeUnmount, shallowRef, watch } from 'vue'
import { useServices } from '@/src/app/services'

export const ANNOUNCED_MS = 5000

export function useNewApplications(queue: Readonly<Ref<readonly WaitingApplication[]>>, isDeskOpen: Readonly<Ref<boolean>>) {
  const { clock } = useServices()
  const announced = shallowRef<readonly string[]>([])
  let stopTimer = () => {}

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
  onBeforeUnmount(dismiss)

  /** Those announced who still wait, in their order. */
  const applications = computed(() => queue.value.filter(({ requestId }) => announced.value.includes(requestId)))
  return { applications, dismiss }
}
