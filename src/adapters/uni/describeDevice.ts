/** The device in words, for diagnostics. Nothing that tells one person from another. */
import type { DescribeDevice } from '@/src/ports/DeviceFacts'

export const describeDevice: DescribeDevice = async () => {
  // #ifdef H5
  const { userAgent, onLine } = navigator
  const { width, height } = screen
  return [userAgent, `screen ${width}×${height} at ${devicePixelRatio}`, `network ${onLine ? 'up' : 'down'}`]
  // #endif
  // #ifdef MP-WEIXIN

  const { version, SDKVersion } = uni.getAppBaseInfo()
  const { brand, model, system } = uni.getDeviceInfo()
  return [`WeChat ${version}, base library ${SDKVersion}`, `${brand} ${model}, ${system}`, `network ${await networkType()}`]
  // #endif
}

// #ifdef MP-WEIXIN
function networkType(): Promise<string> {
  return new Promise(resolve => uni.getNetworkType({ success: ({ networkType }) => resolve(networkType), fail: () => resolve('unknown') }))
}
// #endif
