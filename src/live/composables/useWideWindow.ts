/** Whether the window has room for a column beside the picture, as `@mixin desktop` says it for styles. Never in WeChat. */
import type { Ref } from 'vue'
import { onBeforeUnmount, ref } from 'vue'

export function useWideWindow(): Readonly<Ref<boolean>> {
  const isWide = ref(false)

  // #ifdef H5
  const query = matchMedia('(min-width: 900px)')
  const look = () => {
    isWide.value = query.matches
  }
  look()
  query.addEventListener('change', look)
  onBeforeUnmount(() => query.removeEventListener('change', look))
  // #endif

  return isWide
}
