/** What WeChat tells of the app and the phone around a stream. */
import type { ListenOutside } from '../recovery/createRecovery'

export const listenToPhone: ListenOutside = (hear) => {
  const onHide = () => hear({ type: 'hidden' })
  const onShow = () => hear({ type: 'shown' })
  const onCallEnd = () => hear({ type: 'released' })
  const onNetwork = ({ isConnected }: { isConnected: boolean }) => hear({ type: 'network', isOnline: isConnected })
  uni.onAppHide(onHide)
  uni.onAppShow(onShow)
  uni.onAudioInterruptionEnd(onCallEnd)
  uni.onNetworkStatusChange(onNetwork)
  uni.getNetworkType({ success: ({ networkType }) => networkType === 'none' && hear({ type: 'network', isOnline: false }) })
  return () => {
    uni.offAppHide(onHide)
    uni.offAppShow(onShow)
    uni.offAudioInterruptionEnd(onCallEnd)
    uni.offNetworkStatusChange(onNetwork)
  }
}
