/** A tool on its page: what the person does and what the medium tells goes to the machine, and what it asks for is done. */
import type { Ref } from 'vue'
import type { MediaProblem, MediaStatus, MediaTrouble } from '../components/media'
import type { AddressRules } from '../tools/address'
import type { ToolEvent } from '../tools/toolState'
import { onUnload } from '@dcloudio/uni-app'
import { computed, onBeforeUnmount, shallowRef, watch } from 'vue'
import { createLateHandle } from '../stores/lateHandle'
import { useDiagnostics } from '../stores/useDiagnostics'
import { useStatistics } from '../stores/useStatistics'
import { IDLE_TOOL, transitionTool } from '../tools/toolState'
import { useBlockedConnections } from './platformTools'
import { useKeepScreenOn } from './useKeepScreenOn'

export function useTool<Handle extends { start: () => void, stop: () => void }>(medium: Readonly<Ref<Handle | undefined>>, rules: AddressRules) {
  const diagnostics = useDiagnostics()
  const handle = createLateHandle<Handle>()
  const state = shallowRef(IDLE_TOOL)
  const { samples, ...statistics } = useStatistics()

  function dispatch(event: ToolEvent): void {
    const next = transitionTool(state.value, event)
    state.value = next.state
    next.effects.forEach((effect) => {
      if (effect.type === 'start')
        diagnostics.note('tool', `start ${effect.address.kind} ${effect.address.url}`)
      else
        diagnostics.note('tool', 'stop')
      handle[effect.type]()
    })
    if (!state.value.run)
      statistics.clear()
  }
  const stop = () => dispatch({ type: 'stop' })

  watch(medium, handle.use, { flush: 'post' })
  const run = computed(() => state.value.run)
  const isRunning = computed(() => run.value !== null && run.value.status !== 'failed')
  useKeepScreenOn(isRunning)
  useBlockedConnections(() => dispatch({ type: 'blocked' }))
  onUnload(stop)
  onBeforeUnmount(stop)

  return {
    state,
    run,
    /** Or tries to: what has ended for good can only be started anew. */
    isRunning,
    samples,
    /** As soon as the medium is there. */
    ask: handle.ask,
    measure: statistics.add,
    write: (text: string) => dispatch({ type: 'write', text }),
    start: () => dispatch({ type: 'start', rules }),
    stop,
    status: (status: MediaStatus) => dispatch({ type: 'status', status }),
    trouble: (trouble: MediaTrouble | null) => dispatch({ type: 'trouble', trouble }),
    problem: ({ code }: MediaProblem) => dispatch({ type: 'problem', problem: code }),
  }
}
