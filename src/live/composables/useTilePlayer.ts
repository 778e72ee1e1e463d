/** The player in a guest's tile: plays whenever there is something to play, and asks for fresh addresses once it has given up. */
import type { Ref } from 'vue'
import type { MediaStatus, PlayerHandle } from '../components/media'
import { computed, ref, watch } from 'vue'

/** Whose tile it is, and whether there is something to play. */
export interface Playable {
  readonly requestId: string
  readonly isOnAir: boolean
}

/** `renew` is called once for each time that it gives up: without fresh addresses it cannot go on. */
export function useTilePlayer(player: Readonly<Ref<Pick<PlayerHandle, 'start' | 'stop'> | undefined>>, playable: () => Playable, renew: () => void) {
  const status = ref<MediaStatus>('idle')
  let isRenewed = false

  // Another guest takes the seat.
  watch(() => playable().requestId, () => {
    player.value?.stop()
    status.value = 'idle'
    isRenewed = false
  }, { flush: 'post' })
  // After a drop again, without the player's own wait.
  const onAir = computed(() => playable().isOnAir ? playable().requestId : undefined)
  watch([player, onAir], () => onAir.value && player.value?.start(), { flush: 'post' })

  function whenReported(reported: MediaStatus): void {
    status.value = reported
    if (reported === 'failed' && !isRenewed) {
      isRenewed = true
      renew()
    }
    if (reported === 'live')
      isRenewed = false
  }

  return { status, whenReported }
}
