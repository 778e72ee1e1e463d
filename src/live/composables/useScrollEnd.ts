/** Keeps a scroll-view at its end. */
import type { Ref } from 'vue'
import { getCurrentInstance, onMounted, ref } from 'vue'

/** px; far beyond the end. */
const END = 100_000

/** WeChat's, of an enhanced scroll-view. */
interface ScrollViewContext { readonly scrollTo: (options: { top: number, animated: boolean }) => void }

export interface ScrollEnd {
  /** For the scroll-view. */
  readonly scrollTop: Readonly<Ref<number>>
  /** To the newest line, once what has changed is drawn. */
  follow: () => void
}

/** `selector`: of the scroll-view, an enhanced one, in the component that calls this. */
export function useScrollEnd(selector: string): ScrollEnd {
  const scrollTop = ref(END)
  let follow = () => {
    scrollTop.value = scrollTop.value === END ? END + 1 : END // it has to differ from the last one to be obeyed
  }

  // #ifdef MP-WEIXIN
  // There every value crosses the bridge, in a setData of its own: the scroll-view's context needs none.
  const { proxy } = getCurrentInstance()!
  onMounted(() => uni.createSelectorQuery().in(proxy).select(selector).node((found: { node: ScrollViewContext } | null) => {
    const context = found?.node
    if (context)
      follow = () => void proxy!.$nextTick(() => context.scrollTo({ top: END, animated: false }))
  }).exec())
  // #endif

  return { scrollTop, follow: () => follow() }
}
