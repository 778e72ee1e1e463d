/** Web: closing the tab of a running broadcast asks first. In WeChat the capsule closes without asking. */
import type { Ref } from 'vue'
import { onBeforeUnmount, watch } from 'vue'

export function useLeaveGuard(isLive: Readonly<Ref<boolean>>): void {
  // #ifdef H5
  const ask = (event: BeforeUnloadEvent) => {
    event.preventDefault()
    event.returnValue = '' // what older browsers ask for
  }
  const stop = () => window.removeEventListener('beforeunload', ask)
  watch(isLive, live => live ? window.addEventListener('beforeunload', ask) : stop())
  onBeforeUnmount(stop)
  // #endif
}
