/// <reference path="./tim-wx-sdk.d.ts" />
import type { TimSdk } from './timSdk'

/** Half a megabyte that is fetched and run only where Tencent IM carries the chat. */
export async function loadTim(): Promise<TimSdk> {
  const { default: tim } = await import('tim-wx-sdk/tim-wx.es.js')
  return tim as TimSdk
}
