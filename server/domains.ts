/**
 * Whom the app talks to under a configuration: what the web app's Content-Security-Policy lets through, and what WeChat's
 * console wants listed under 开发管理 → 开发设置 → 服务器域名.
 */
import type { ImSettings, MediaSettings } from './settings'

/** Origins, each once: `https://live.example.com`. */
export interface Domains {
  /** wx.request */
  readonly request: readonly string[]
  /** wx.connectSocket */
  readonly socket: readonly string[]
  /** wx.uploadFile. Pictures are bodies of requests: none. */
  readonly upload: readonly string[]
  /** wx.downloadFile: covers and faces, to be drawn into a poster. */
  readonly download: readonly string[]
  /** Streams in a browser. The tags of the mini-program reach theirs without a list. */
  readonly media: readonly string[]
}

export interface DomainSettings {
  /** Of this server, as the app reaches it; null: the page's own. */
  readonly own: string | null
  readonly im: ImSettings
  readonly media: MediaSettings
}

export function domainsOf({ own, im, media }: DomainSettings): Domains {
  const ours = own === null ? [] : [own]
  const tim = im.kind === 'tencent' ? timDomains(im.sdkAppId, im.socketUrl) : { request: [], socket: [] }
  return {
    request: [...ours, ...tim.request],
    socket: [...ours.map(asSocket), ...tim.socket],
    upload: [],
    download: ours,
    media: [...ours, ...ours.map(asSocket), ...mediaDomains(media)],
  }
}

function mediaDomains(media: MediaSettings): string[] {
  switch (media.kind) {
    case 'embedded': return []
    case 'srs': return once([media.httpUrl, asSocket(media.httpUrl), ...media.rtcUrl === null ? [] : [media.rtcUrl]])
    case 'tencent': return once([`${media.isPlayHttps ? 'https' : 'http'}://${media.playDomain}`, originOf(media.whipUrl), originOf(media.lebUrl)])
  }
}

/** Applications outside mainland China and the ten million numbers from each of `from` on, as tim-wx-sdk 2.27.6 tells them apart. */
const TIM_SITES = [
  { code: 'sgp', from: [20e6, 1720e6] },
  { code: 'kr', from: [30e6, 1730e6] },
  { code: 'ger', from: [40e6, 1740e6] },
  { code: 'ind', from: [50e6, 1750e6] },
  { code: 'jpn', from: [60e6, 1760e6] },
  { code: 'usa', from: [70e6, 1770e6] },
]
const TIM_SITE_SIZE = 10e6

/** Where the SDK of Tencent IM connects to, which the number of the application decides. */
function timDomains(sdkAppId: number, socketUrl: string | null): Pick<Domains, 'request' | 'socket'> {
  if (socketUrl !== null)
    return { request: [], socket: [originOf(socketUrl)] }
  const site = TIM_SITES.find(({ from }) => from.some(first => sdkAppId >= first && sdkAppId < first + TIM_SITE_SIZE))?.code
  return site === undefined
    ? { request: ['https://web.sdk.qcloud.com', 'https://events.im.qcloud.com'], socket: ['wss://wss.im.qcloud.com', 'wss://wss.tim.qq.com'] }
    : { request: ['https://web.sdk.qcloud.com', `https://api${site}.my-imcloud.com`], socket: [`wss://wss${site}.im.qcloud.com`, `wss://wss${site}.my-imcloud.com`] }
}

const asSocket = (origin: string): string => origin.replace(/^http/, 'ws')
const once = (origins: readonly string[]): string[] => [...new Set(origins)]

/** `URL.origin` is "null" for ws: and wss: in some runtimes. */
function originOf(address: string): string {
  const { protocol, host } = new URL(address)
  return `${protocol}//${host}`
}
