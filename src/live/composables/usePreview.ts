/** The picture of this device before anything is sent, on a page without a room: asked for as the anchor's is. */
import type { MediaProblemCode, PictureSource } from '../components/media'
import type { Preview, PreviewEffect, PreviewEvent } from '../sessions/previewMachine'
import type { Step } from '@/shared/domain/transition'
import { computed, shallowRef } from 'vue'
import { useLiveServices } from '@/src/app/liveServices'
import { openPreview, transitionPreview } from '../sessions/previewMachine'

/** @param startPreview as PusherHandle has it */
export function usePreview(startPreview: () => Promise<void>, usual: PictureSource) {
  const { deviceAccess, privacyGuide } = useLiveServices()
  const preview = shallowRef<Preview>(openPreview(usual).state)

  function take({ effects, state }: Step<Preview, PreviewEffect>): void {
    preview.value = state
    effects.forEach(effect => void (effect.type === 'startPreview' ? show() : check(effect.source)))
  }
  const dispatch = (event: PreviewEvent) => take(transitionPreview(preview.value, event))

  async function show() {
    await startPreview()
    dispatch({ type: 'previewStarted' })
  }

  async function check(source: PictureSource) {
    const guide = await privacyGuide.pending()
    const camera = source === 'camera' ? await deviceAccess.query('camera') : 'granted'
    dispatch({ type: 'permission', source, camera, microphone: await deviceAccess.query('microphone'), guide })
  }

  return {
    preview,
    source: computed(() => preview.value.source),
    isShowing: computed(() => preview.value.status === 'showing'),
    /** What there is to say before a picture is shown; looking up a permission and drawing a pattern take a moment only. */
    card: computed(() => {
      const { source, status } = preview.value
      return status === 'showing' || status === 'checking' || (status === 'asking' && source === 'pattern') ? undefined : preview.value
    }),
    choose: (source: PictureSource) => dispatch({ type: 'choose', source }),
    allow: () => dispatch({ type: 'allow' }),
    refuse: () => dispatch({ type: 'refuse' }),
    recheck: () => dispatch({ type: 'recheck' }),
    async openSettings() {
      await deviceAccess.openSettings()
      dispatch({ type: 'recheck' })
    },
    problem: (problem: MediaProblemCode) => dispatch({ type: 'problem', problem }),
  }
}
