/** A screen that goes dark ends a phone's broadcast, and a show that nobody touches. */
import type { Ref } from 'vue'
import { onBeforeUnmount, watch } from 'vue'

export function useKeepScreenOn(isOn: Readonly<Ref<boolean>>): void {
  let lock: Promise<WakeLockSentinel | undefined> | undefined

  function keep(keepScreenOn: boolean) {
    // #ifdef MP-WEIXIN
    void uni.setKeepScreenOn({ keepScreenOn })
    // #endif
    // #ifdef H5
    void lock?.then(held => held?.release())
    // Refused on low battery or in a hidden tab: the broadcast goes on all the same.
    lock = keepScreenOn ? navigator.wakeLock?.request('screen').catch(() => undefined) : undefined
    // #endif
  }

  watch(isOn, keep)
  onBeforeUnmount(() => isOn.value && keep(false))

  // #ifdef MP-WEIXIN
  // WeChat forgets it when the person leaves the mini-program.
  const onShow = () => isOn.value && keep(true)
  uni.onAppShow(onShow)
  onBeforeUnmount(() => uni.offAppShow(onShow))
  // #endif
  // #ifdef H5
  // A browser takes the lock away from a hidden tab and does not give it back.
  const onVisible = () => document.visibilityState === 'visible' && isOn.value && keep(true)
  document.addEventListener('visibilitychange', onVisible)
  onBeforeUnmount(() => document.removeEventListener('visibilitychange', onVisible))
  // #endif
}
