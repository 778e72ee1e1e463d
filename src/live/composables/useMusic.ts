/** Background music, from the choice of a file to its end. */
import type { Ref } from 'vue'
import type { BgmNews, PusherHandle } from '../components/media'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useLiveServices } from '@/src/app/liveServices'
import { useText } from '@/src/composables/useText'
import { useToast } from '@/src/stores/toast'

export type MusicState
  = | { readonly status: 'none' }
    | { readonly status: 'loading' | 'playing' | 'paused', readonly name: string }

export type MusicDesk = ReturnType<typeof useMusic>

export function useMusic(pusher: Readonly<Ref<PusherHandle | undefined>>) {
  const { pickMusic } = useLiveServices()
  const { t } = useText()
  const toast = useToast()
  const state = shallowRef<MusicState>({ status: 'none' })
  /** 0 to 100, null while the platform has not said. */
  const percent = ref<number | null>(null)
  /** 0 to 1 */
  const volume = ref(1)

  let release = () => {}

  watch(pusher, forget)
  onScopeDispose(forget)

  function forget() {
    release()
    release = () => {}
    state.value = { status: 'none' }
    percent.value = null
  }

  function fail() {
    if (state.value.status === 'none')
      return
    forget()
    toast.show(t('effects.music.failed'), 'bad')
  }

  function move(status: 'playing' | 'paused') {
    if (state.value.status !== 'none')
      state.value = { ...state.value, status }
  }

  async function choose() {
    const handle = pusher.value
    const chosen = handle && await pickMusic()
    if (!chosen)
      return
    forget()
    release = chosen.release
    const mine: MusicState = { status: 'loading', name: chosen.name }
    state.value = mine
    try {
      await handle.call('playBGM', { url: chosen.url })
      void handle.call('setBGMVolume', { volume: volume.value }).catch(() => {}) // then it plays at full volume
      if (state.value === mine)
        move('playing')
    }
    catch {
      if (state.value === mine)
        fail()
    }
  }

  return {
    state,
    percent,
    volume,
    name: computed(() => state.value.status === 'none' ? '' : state.value.name),
    choose,
    async toggle() {
      const isPlaying = state.value.status === 'playing'
      move(isPlaying ? 'paused' : 'playing')
      await pusher.value?.call(isPlaying ? 'pauseBGM' : 'resumeBGM').catch(fail)
    },
    async stop() {
      forget()
      await pusher.value?.call('stopBGM').catch(() => {}) // none played any more
    },
    async setVolume(next: number) {
      volume.value = next
      if (state.value.status !== 'none')
        await pusher.value?.call('setBGMVolume', { volume: next }).catch(() => {}) // it ended meanwhile
    },
    /** To be given every `bgm` of the pusher. */
    hear(news: BgmNews) {
      switch (news.type) {
        case 'started': return move('playing')
        case 'progress':
          if (news.durationMs > 0) // not known yet
            percent.value = Math.min(100, Math.round(news.ms / news.durationMs * 100))
          return
        case 'completed': return forget()
        case 'failed': return fail()
      }
    },
  }
}
