/** Bringing others into the room: WeChat's share card, a phone's share sheet, or the link on the clipboard. */
import type { Room } from '@/shared/protocol/rest'
// #ifdef MP-WEIXIN
import { onShareAppMessage } from '@dcloudio/uni-app'
// #endif
import { useServices } from '@/src/app/services'
import { PATHS } from '@/src/composables/navigation'
import { useText } from '@/src/composables/useText'
import { useToast } from '@/src/stores/toast'
import { shareLink } from './roomAddress'

/** Returns what a tap on "share" does; in WeChat the native button over it opens the card. */
export function useShare(room: () => Room | undefined): () => Promise<void> {
  const { platform } = useServices()
  const toast = useToast()
  const { t } = useText()

  // #ifdef MP-WEIXIN
  onShareAppMessage(() => ({ title: room()?.title, path: `${PATHS.room}?id=${room()?.id}`, imageUrl: room()?.cover ? platform.serverUrl + room()?.cover : undefined }))
  // #endif

  return async () => {
    const shared = room()
    if (!shared)
      return
    const link = shareLink(platform.serverUrl, shared.id)
    // #ifdef H5
    // On a desk the clipboard is quicker than a system dialog.
    if (navigator.share && matchMedia('(pointer: coarse)').matches)
      return navigator.share({ title: shared.title, url: link }).catch(() => {}) // closed without sharing
    // #endif
    if (await platform.copy(link))
      toast.show(t('live.share.copied'), 'good')
    else
      toast.show(t('live.share.failed', { link }), 'bad')
  }
}
