/** Whether the phone has left the wifi for a network that may cost money. Told once while the app runs. */
import { defineStore } from 'pinia'

/** WeChat: 2g, 3g, 4g, 5g. Browsers: cellular. */
const isMobile = (type: string | undefined) => /^\dg$|^cellular$/.test(type ?? '')

export const useMobileData = defineStore('mobileData', () => {
  let isTold = false

  /** Calls back when it happens for the first time. Returns what stops listening. */
  function listen(tell: () => void): () => void {
    let wasMobile = true

    function hear(type: string | undefined) {
      const isNews = isMobile(type) && !wasMobile && !isTold
      wasMobile = isMobile(type)
      if (!isNews)
        return
      isTold = true
      tell()
    }

    // #ifdef MP-WEIXIN
    const whenChanged = ({ networkType }: { networkType: string }) => hear(networkType)
    uni.getNetworkType({ success: whenChanged })
    uni.onNetworkStatusChange(whenChanged)
    return () => uni.offNetworkStatusChange(whenChanged)
    // #endif
    // #ifdef H5
    const { connection } = navigator as Navigator & { connection?: EventTarget & { readonly type?: string } } // Chromium only
    const look = () => hear(connection?.type)
    look()
    connection?.addEventListener('change', look)
    return () => connection?.removeEventListener('change', look)
    // #endif
  }

  return { listen }
})
