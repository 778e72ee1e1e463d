/** Whether a room is heard: as the person likes it, or not before a tap because the browser refused sound. */
import type { Ref } from 'vue'
import type { PlayerHandle } from '@/src/live/components/media'
import { computed, ref } from 'vue'

export function useSound(player: Readonly<Ref<Pick<PlayerHandle, 'unmuteByGesture'> | undefined>>) {
  const sound = ref<'on' | 'off' | 'refused'>('on')
  const volume = ref(1)

  /** From a tap. */
  function give(): void {
    if (sound.value === 'refused')
      player.value?.unmuteByGesture()
    if (volume.value === 0)
      volume.value = 1
    sound.value = 'on'
  }

  function silence(): void {
    if (sound.value === 'on')
      sound.value = 'off'
  }

  return {
    volume,
    isMuted: computed(() => sound.value === 'off'),
    isRefused: computed(() => sound.value === 'refused'),
    /** What the button shows: whatever the reason is. */
    isSilent: computed(() => sound.value !== 'on'),
    refuse() {
      sound.value = 'refused'
    },
    give,
    toggle: () => sound.value === 'on' ? silence() : give(),
    /** @param next 0 to 1 */
    setVolume(next: number) {
      volume.value = next
      if (next > 0)
        give()
      else
        silence()
    },
  }
}
