/** Which of its faces the anchor's page shows, read from the state of the broadcast. */
import type { Ref } from 'vue'
import type { AnchorState } from '../stores/useAnchorRoom'
import { computed } from 'vue'

const OUTCOMES: readonly AnchorState['status'][] = ['loading', 'failed', 'ending', 'ended']

export function useAnchorScreen(state: Readonly<Ref<AnchorState>>) {
  const isPreparing = computed(() => state.value.status === 'preparing' || state.value.status === 'creating')
  const preview = computed(() => 'preview' in state.value ? state.value.preview : undefined)

  return {
    isPreparing,
    isLive: computed(() => state.value.status === 'live'),
    isOutcome: computed(() => OUTCOMES.includes(state.value.status)),
    isPreviewing: computed(() => preview.value?.status === 'showing'),
    /** What there is to say before a picture is shown; looking up a permission and drawing a pattern take a moment only. */
    permission: computed(() => {
      if (!isPreparing.value || !preview.value || preview.value.status === 'showing' || preview.value.status === 'checking')
        return undefined
      return preview.value.status === 'asking' && preview.value.source === 'pattern' ? undefined : preview.value
    }),
    /** An encoder's picture, to be watched here. */
    monitored: computed(() => state.value.status === 'live' && state.value.by === 'encoder' ? state.value.play ?? undefined : undefined),
  }
}
