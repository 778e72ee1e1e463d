/** Whole seconds until a moment (unix ms), counting down; 0 when it has come or there is none. */
import type { ComputedRef } from 'vue'
import { computed, onBeforeUnmount, ref, watch } from 'vue'
import { useServices } from '@/src/app/services'

export function useSecondsLeft(until: () => number | undefined): ComputedRef<number> {
  const { clock } = useServices()
  const now = ref(clock.now())
  let stopTimer = () => {}

  function look() {
    now.value = clock.now()
  }

  watch(until, (at) => {
    stopTimer()
    look()
    stopTimer = at === undefined ? () => {} : clock.every(1000, look)
  }, { immediate: true })
  onBeforeUnmount(() => stopTimer())
  return computed(() => Math.max(0, Math.ceil(((until() ?? 0) - now.value) / 1000)))
}
