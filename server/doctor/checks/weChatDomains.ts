/** The lists of domains that WeChat wants, and what the built mini-program really calls. */
import type { Domains } from '../../domains'
import type { Check } from '../Check'
import type { World } from '../World'
import { domainsOf } from '../../domains'
import { isLocal } from '../ask'
import { failed, ok, skipped, text, warning } from '../Finding'
import { PAGES } from '../pages'

/** In the build of anybody: names of formats and links in the frameworks' warnings; nothing is fetched from there. */
const NOT_CALLED = ['http://www.w3.org', 'https://vuejs.org', 'https://uniapp.dcloud.net.cn', 'https://developers.weixin.qq.com']
/** Of Tencent IM: all regions are in the SDK, whichever is used; its address by number cannot be listed. */
const OF_TENCENT_IM = /(?:\.|\/\/)(?:im\.qcloud\.com|tim\.qq\.com|my-imcloud\.com|web\.sdk\.qcloud\.com)$|^wss?:\/\/\d/
const ADDRESS = /\b(?:https?|wss?):\/\/[\w.-]+(?::\d+)?/g

const TRYOUT = skipped('本机或内网的地址，只能试用：打开调试时不看域名表', 'An address of this machine or network is for trying out: with debugging on WeChat looks at no list')

const LISTS = [['request', 'request'], ['socket', 'socket'], ['upload', 'uploadFile'], ['download', 'downloadFile']] as const

const lists: Check = {
  id: 'wechat.domains',
  area: 'weChat',
  title: text('服务器域名', 'Server domains'),
  why: text('表里没有的域名，正式版的小程序连不上；打开调试时却能连', 'What is not listed a published mini-program does not reach, though it does while debugging is on'),
  doc: PAGES.network,
  variables: ['PUBLIC_URL', 'VITE_SERVER_URL', 'IM', 'TENCENT_SDK_APP_ID'],
  look(world) {
    if (world.settings.values.WECHAT_APPID === undefined)
      return skipped('没有填小程序的 AppID', 'No AppID of a mini-program is set')
    const domains = computedDomains(world)
    const own = domains.request[0]
    if (own === undefined)
      return skipped('没有 PUBLIC_URL 和 VITE_SERVER_URL', 'Neither PUBLIC_URL nor VITE_SERVER_URL is set')
    if (isTryout(world, own))
      return TRYOUT
    const bad = [...domains.request, ...domains.socket].filter(origin => !/^(?:https|wss):/.test(origin) || isLocal(new URL(origin).hostname))
    if (bad.length > 0)
      return failed(text(`微信不收 ${bad.join('、')}`, `WeChat does not take ${bad.join(', ')}`), text('用 https 的域名（已备案，不能是 IP）：设 PUBLIC_URL 和 VITE_SERVER_URL', 'Use a domain with https and an ICP filing, no IP address: set PUBLIC_URL and VITE_SERVER_URL'))
    const rows = LISTS.map(([list, name]) => `${name}: ${domains[list].join(' ') || '—'}`).join('\n')
    return ok(`微信公众平台 → 开发管理 → 开发设置 → 服务器域名，逐栏填：\n${rows}`, `WeChat console → 开发管理 → 开发设置 → 服务器域名, list by list:\n${rows}`)
  },
}

const build: Check = {
  id: 'wechat.build',
  area: 'weChat',
  title: text('构建里的地址', 'Addresses in the build'),
  why: text('小程序只会找构建时写进去的服务器', 'The mini-program looks for the server that was built in, and for no other'),
  doc: PAGES.weChat,
  variables: ['VITE_SERVER_URL', 'PUBLIC_URL'],
  look(world) {
    const { PUBLIC_URL, WECHAT_APPID } = world.settings.values
    const texts = world.machine.miniProgram()
    if (texts === null)
      return skipped('还没有构建', 'It is not built yet')
    if (WECHAT_APPID === undefined)
      return skipped('没有填小程序的 AppID', 'No AppID of a mini-program is set')
    const called = originsIn(texts)
    const wanted = world.settings.serverUrl ?? PUBLIC_URL
    if (wanted !== undefined && isTryout(world, wanted))
      return TRYOUT
    const rebuild = text('设 VITE_SERVER_URL 为 PUBLIC_URL，再 npm run build:mp-weixin', 'Set VITE_SERVER_URL to PUBLIC_URL and run npm run build:mp-weixin')
    if (PUBLIC_URL !== undefined && wanted !== PUBLIC_URL)
      return failed(text(`VITE_SERVER_URL 是 ${wanted}，PUBLIC_URL 是 ${PUBLIC_URL}`, `VITE_SERVER_URL is ${wanted} and PUBLIC_URL is ${PUBLIC_URL}`), rebuild)
    if (wanted !== undefined && !called.includes(wanted))
      return failed(text(`构建里没有 ${wanted}，有 ${called.join('、') || '别的'}`, `The build does not have ${wanted} but ${called.join(', ') || 'another'}`), rebuild)
    const { request, socket } = computedDomains(world)
    const unlisted = called.filter(origin => ![...request, ...socket].includes(origin))
    return unlisted.length === 0
      ? ok('都在表里', 'All are on the lists')
      : warning(text(`不在表里：${unlisted.join('、')}`, `Not on the lists: ${unlisted.join(', ')}`), rebuild)
  },
}

export const weChatDomainChecks: readonly Check[] = [lists, build]

/** While debugging is on, WeChat looks at no list. */
function isTryout({ settings: { values } }: World, own: string): boolean {
  return values.NODE_ENV !== 'production' && URL.canParse(own) && isLocal(new URL(own).hostname)
}

/** The lists of the present settings, as far as they are there. */
function computedDomains({ settings: { serverUrl, values } }: World): Domains {
  const { IM, PUBLIC_URL, TENCENT_IM_SOCKET_URL, TENCENT_SDK_APP_ID: sdkAppId } = values
  return domainsOf({
    own: PUBLIC_URL ?? serverUrl,
    im: IM === 'tencent' && sdkAppId !== undefined
      ? { kind: 'tencent', sdkAppId, key: { kind: 'secret', secretKey: '' }, admin: '', callbackToken: '', apiUrl: '', socketUrl: TENCENT_IM_SOCKET_URL ?? null }
      : { kind: 'embedded' },
    media: { kind: 'embedded' },
  })
}

function originsIn(texts: readonly string[]): string[] {
  const found = new Set(texts.flatMap(content => content.match(ADDRESS) ?? []))
  return [...found].filter(origin => !NOT_CALLED.includes(origin) && !OF_TENCENT_IM.test(origin))
}
