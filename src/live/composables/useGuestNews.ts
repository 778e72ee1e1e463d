/** What happens to a guest beside the screen that shows it is told by a notice: the end of a request, a seat, the anchor's switches. */
import type { GuestStore } from '../stores/linkMicStores'
import type { Ending } from '@/shared/domain/linkMic'
import type { Track } from '@/shared/domain/stage'
import type { TextKey } from '@/src/locales/translate'
import type { Toast } from '@/src/stores/toast'
import { watch } from 'vue'
import { useText } from '@/src/composables/useText'
import { useToast } from '@/src/stores/toast'

/** Who took something back knows it; the room's end has its own screen. */
const ENDINGS: Partial<Record<Ending['reason'], readonly [words: TextKey, tone: Toast['tone']]>> = {
  left: ['linkMic.end.left', 'plain'],
  rejected: ['linkMic.end.rejected', 'plain'],
  withdrawn: ['linkMic.end.withdrawn', 'plain'],
  kicked: ['linkMic.end.kicked', 'bad'],
  closed: ['linkMic.end.closed', 'plain'],
  expired: ['linkMic.end.expired', 'plain'],
  noStream: ['linkMic.end.noStream', 'bad'],
  dropped: ['linkMic.end.dropped', 'bad'],
}

export function useGuestNews(guest: GuestStore): void {
  const { t, errorText } = useText()
  const toast = useToast()

  watch(guest.ending, (ending) => {
    if (!ending)
      return
    const told = ENDINGS[ending.reason]
    if (told)
      toast.show(t(told[0], { seconds: Math.ceil((ending.waitUntil - ending.at) / 1000) }), told[1])
    guest.forgetEnding()
  })

  watch(() => guest.link.value.status, (now, before) => {
    if (now === 'linked' && before === 'connecting')
      toast.show(t('linkMic.onAir.linked'), 'good')
  })

  tellMutes(() => guest.sound.value, 'linkMic.onAir.micMuted', 'linkMic.onAir.micUnmuted')
  tellMutes(() => guest.picture.value, 'linkMic.onAir.cameraMuted', 'linkMic.onAir.cameraUnmuted')

  watch(guest.problem, code => code && toast.show(errorText(code), 'bad'))

  /** A seat that begins muted was told before; one that ends is not a switch. */
  function tellMutes(track: () => Track | null, muted: TextKey, unmuted: TextKey) {
    watch(track, (now, before) => {
      if (now && before && now.isMuted !== before.isMuted)
        toast.show(t(now.isMuted ? muted : unmuted), now.isMuted ? 'bad' : 'good')
    })
  }
}
