/** How large this component is on the screen, in px; in WeChat as large as the window. */
import type { Ref } from 'vue'
import type { Size } from '../components/stageBox'
import { getCurrentInstance, onBeforeUnmount, onMounted, shallowRef } from 'vue'

export function useSize(): Readonly<Ref<Size>> {
  const size = shallowRef<Size>({ width: 0, height: 0 })

  // #ifdef MP-WEIXIN
  const { windowHeight, windowWidth } = uni.getWindowInfo()
  size.value = { width: windowWidth, height: windowHeight }
  // #endif

  // #ifdef H5
  const instance = getCurrentInstance()
  let observer: ResizeObserver | undefined

  function measure(element: HTMLElement) {
    size.value = { width: element.clientWidth, height: element.clientHeight }
  }

  onMounted(() => {
    const element = instance?.proxy?.$el as HTMLElement
    measure(element)
    observer = new ResizeObserver(() => measure(element))
    observer.observe(element)
  })
  onBeforeUnmount(() => observer?.disconnect())
  // #endif

  return size
}
