/** Notices of the network: it is too weak for one's own stream (viewers see its grade), or it has become one that may cost money. */
import type { MediaTrouble } from '../components/media'
import { onBeforeUnmount, watch } from 'vue'
import { useServices } from '@/src/app/services'
import { useText } from '@/src/composables/useText'
import { useToast } from '@/src/stores/toast'
import { useMobileData } from '../stores/mobileData'

/** Said again not sooner than this. */
export const WEAK_AGAIN_MS = 15_000

export function useNetworkNews(own: () => MediaTrouble | null = () => null): void {
  const { clock } = useServices()
  const { t } = useText()
  const toast = useToast()
  const mobileData = useMobileData()
  let toldAt = -WEAK_AGAIN_MS

  watch(() => own()?.kind === 'weak', (isWeak) => {
    if (!isWeak || clock.now() - toldAt < WEAK_AGAIN_MS)
      return
    toldAt = clock.now()
    toast.show(t('trouble.weak'), 'bad')
  })
  onBeforeUnmount(mobileData.listen(() => toast.show(t('trouble.mobile'))))
}
