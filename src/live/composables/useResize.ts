/** Web: the window changes its size, as when a phone's keyboard opens. In WeChat the page lies still. */
import { onBeforeUnmount } from 'vue'

export function useResize(listener: () => void): void {
  // #ifdef H5
  window.addEventListener('resize', listener)
  onBeforeUnmount(() => window.removeEventListener('resize', listener))
  // #endif
}
