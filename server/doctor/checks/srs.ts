/** SRS: its API, its hooks, and where people reach it. */
import type { Check } from '../Check'
import { ask, notReachable, readJson } from '../ask'
import { failed, ok, skipped, text } from '../Finding'
import { lookAtCallback } from '../lookAtCallback'
import { PAGES } from '../pages'

const NOT_SRS = skipped('MEDIA 不是 srs', 'MEDIA is not srs')

const api: Check = {
  id: 'srs.api',
  area: 'srs',
  title: text('SRS 的 HTTP API', 'HTTP API of SRS'),
  why: text('断流靠它', 'Streams are cut by it'),
  doc: PAGES.srsApi,
  variables: ['SRS_API_URL'],
  async look(world) {
    const { MEDIA, SRS_API_URL: url } = world.settings.values
    if (MEDIA !== 'srs')
      return NOT_SRS
    if (url === undefined)
      return failed(text('没有 SRS_API_URL', 'SRS_API_URL is not set'), text('填 srs.conf 里 http_api 的地址', 'Set it to where http_api of srs.conf listens'))
    const answer = await ask(world, `${url}/api/v1/versions`)
    if (answer === undefined)
      return notReachable(url)
    const body = readJson(answer)
    return body?.code === 0
      ? ok('有应答', 'It answers')
      : failed(text(`那里不是 SRS 的 API（${answer.status}）`, `That is not the API of SRS (${answer.status})`), text('srs.conf：http_api { enabled on; }，并核对端口', 'In srs.conf: http_api { enabled on; }, and compare the port'))
  },
}

const hooks: Check = {
  id: 'srs.hooks',
  area: 'srs',
  title: text('SRS 的回调', 'Hooks of SRS'),
  why: text('推流的许可和开播、断流的消息都靠它', 'By them publishers are let in and rooms learn of their streams'),
  doc: PAGES.srsHooks,
  variables: ['PUBLIC_URL', 'SRS_HOOK_SECRET'],
  look: world => world.settings.values.MEDIA === 'srs' ? lookAtCallback(world, '/callbacks/srs/publish') : NOT_SRS,
}

const doors: Check = {
  id: 'srs.doors',
  area: 'srs',
  title: text('观众到 SRS 的地址', 'Where people reach SRS'),
  why: text('观众从这里播放', 'Viewers play from there'),
  doc: PAGES.deploy,
  variables: ['SRS_HTTP_URL', 'SRS_RTC_URL', 'SRS_RTMP_URL'],
  async look(world) {
    const { MEDIA, PUBLIC_URL, SRS_HTTP_URL, SRS_RTC_URL } = world.settings.values
    if (MEDIA !== 'srs')
      return NOT_SRS
    const urls = [SRS_HTTP_URL, SRS_RTC_URL].filter(url => url !== undefined)
    const mixed = urls.find(url => PUBLIC_URL?.startsWith('https:') && url.startsWith('http:'))
    if (mixed !== undefined)
      return failed(text(`网页是 https，${mixed} 不是，浏览器会拦截`, `Pages are https and ${mixed} is not: browsers block it`), text('给 SRS 配证书，或放到 https 的代理后面', 'Give SRS a certificate, or put it behind an https proxy'))
    for (const url of urls) {
      if (await ask(world, url) === undefined)
        return notReachable(url)
    }
    return ok(urls.join(', '), urls.join(', '))
  },
}

export const srsChecks: readonly Check[] = [api, hooks, doors]
