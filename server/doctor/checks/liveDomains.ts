/** The two domains of Tencent Cloud Live, as DNS and TLS show them. */
import type { Check } from '../Check'
import type { Outcome } from '../Finding'
import type { World } from '../World'
import { isLocal, nameOf } from '../ask'
import { failed, ok, skipped, text, unknown, warning } from '../Finding'
import { lookAtCertificate } from '../lookAtCertificate'
import { PAGES } from '../pages'

/** Ends of the names that the console shows under CNAME. */
const CNAME_ENDS = {
  push: ['.tlivepush.com', '.txlivepush.com', '.livepush.myqcloud.com'],
  play: ['.tlivecdn.com', '.txlivecdn.com', '.liveplay.myqcloud.com'],
}
const TEST_DOMAINS = ['.livepush.myqcloud.com', '.tlivepush.com']
const KNOWN_NAME = 'cloud.tencent.com'
const NOT_TENCENT = skipped('MEDIA 不是 tencent', 'MEDIA is not tencent')

const domains: Check = {
  id: 'live.domains',
  area: 'live',
  title: text('推流域名与播放域名', 'Push domain and play domain'),
  why: text('云直播要两个不同的域名；旧服务的 204004 多半是少了播放域名', 'Cloud Live wants two different domains; the old service\'s 204004 is mostly a missing play domain'),
  doc: PAGES.addDomain,
  variables: ['TENCENT_PUSH_DOMAIN', 'TENCENT_PLAY_DOMAIN'],
  look({ settings: { values: { MEDIA, TENCENT_PUSH_DOMAIN: push, TENCENT_PLAY_DOMAIN: play } } }) {
    if (MEDIA !== 'tencent')
      return NOT_TENCENT
    if (push === undefined || play === undefined) {
      const missing = push === undefined ? 'TENCENT_PUSH_DOMAIN' : 'TENCENT_PLAY_DOMAIN'
      return failed(text(`没有 ${missing}`, `${missing} is not set`), text('云直播控制台 → 域名管理 → 添加域名：推流、播放各一个，都要备案', 'Cloud Live console → 域名管理 → 添加域名: one to push to and one to play from, both with an ICP filing'))
    }
    if (push === play)
      return failed(text(`都是 ${push}`, `Both are ${push}`), text('云直播控制台 → 域名管理 → 添加域名：再加一个播放域名，填 TENCENT_PLAY_DOMAIN', 'Cloud Live console → 域名管理 → 添加域名: add a play domain and set TENCENT_PLAY_DOMAIN'))
    return TEST_DOMAINS.some(end => push.endsWith(end))
      ? warning(text(`${push} 是测试域名`, `${push} is a domain for tests`), text('上线前换成自己的推流域名', 'Take a push domain of your own before people come'))
      : ok(`${push}，${play}`, `${push}, ${play}`)
  },
}

const cnamePush = cnameCheck('push', text('推流域名的 CNAME', 'CNAME of the push domain'), text('没有它，推流到不了云直播（−1307、3001）', 'Without it nothing is pushed to Cloud Live (−1307, 3001)'))
const cnamePlay = cnameCheck('play', text('播放域名的 CNAME', 'CNAME of the play domain'), text('没有它，观众看不到画面（−2301），旧服务报 204004', 'Without it nobody sees a picture (−2301); the old service said 204004'))

const certificate: Check = {
  id: 'live.tls',
  area: 'live',
  title: text('播放域名的证书', 'Certificate of the play domain'),
  why: text('https 的网页和小程序不播放 http 的流，也不接受坏证书', 'Pages served by https and mini-programs neither play http nor take a bad certificate'),
  doc: PAGES.addDomain,
  variables: ['TENCENT_PLAY_DOMAIN', 'TENCENT_PLAY_HTTPS'],
  look(world) {
    const { MEDIA, TENCENT_PLAY_DOMAIN: play, TENCENT_PLAY_HTTPS } = world.settings.values
    if (MEDIA !== 'tencent' || play === undefined)
      return MEDIA === 'tencent' ? skipped('没有播放域名', 'There is no play domain') : NOT_TENCENT
    const fix = text('云直播控制台 → 域名管理 → 播放域名 → HTTPS 配置：上传或更新证书', 'Cloud Live console → 域名管理 → play domain → HTTPS 配置: upload or renew its certificate')
    if (isLocal(nameOf(play)))
      return skipped('本机的替身', 'A double on this machine')
    if (!TENCENT_PLAY_HTTPS)
      return warning(text('用 http 播放', 'Played by http'), text(`${fix.zh}；然后去掉 TENCENT_PLAY_HTTPS=0`, `${fix.en}; then take TENCENT_PLAY_HTTPS=0 away`))
    const [host, port = '443'] = play.split(':')
    return lookAtCertificate(world, host, Number(port), fix)
  },
}

export const liveDomainChecks: readonly Check[] = [domains, cnamePush, cnamePlay, certificate]

function cnameCheck(kind: 'push' | 'play', title: Check['title'], why: Check['why']): Check {
  const variable = kind === 'push' ? 'TENCENT_PUSH_DOMAIN' : 'TENCENT_PLAY_DOMAIN'
  return {
    id: `live.cname.${kind}`,
    area: 'live',
    title,
    why,
    doc: PAGES.cname,
    variables: [variable],
    look(world) {
      const { MEDIA, [variable]: domain } = world.settings.values
      if (MEDIA !== 'tencent')
        return NOT_TENCENT
      if (domain === undefined)
        return skipped(`没有 ${variable}`, `${variable} is not set`)
      const host = nameOf(domain)
      if (isLocal(host))
        return skipped('本机的替身', 'A double on this machine')
      if (CNAME_ENDS[kind].some(end => host.endsWith(end)))
        return ok('腾讯云自己的域名', 'A name of Tencent\'s own')
      return lookAtCname(world, host, kind)
    },
  }
}

async function lookAtCname({ network }: World, host: string, kind: 'push' | 'play'): Promise<Outcome> {
  const fix = text('云直播控制台 → 域名管理：复制这个域名的 CNAME，到域名服务商处加一条 CNAME 记录，等它生效', 'Cloud Live console → 域名管理: copy the CNAME of this domain, add it as a CNAME record at your DNS provider, and wait until it takes effect')
  const toOthers = (target: string) => failed(text(`指向 ${target}，不是云直播`, `It leads to ${target}, which is not Cloud Live`), fix)
  const cname = await answerOf(network.resolveCname(host))
  // A DNS that does not know Tencent's own name is closed to the world: what it does not know says nothing.
  if (cname === undefined || (cname.length === 0 && !(await answerOf(network.resolve(KNOWN_NAME)))?.length))
    return unknown(text('从这里查不了 DNS', 'DNS cannot be asked from here'), text('换一台能上网的机器再查', 'Ask again from a machine with a network'))
  const target = cname[0]?.replace(/\.$/, '').toLowerCase()
  if (target !== undefined) {
    if (CNAME_ENDS[kind].some(end => target.endsWith(end)))
      return ok(`→ ${target}`, `→ ${target}`)
    const isSwapped = CNAME_ENDS[kind === 'push' ? 'play' : 'push'].some(end => target.endsWith(end))
    return isSwapped ? failed(text(`指向 ${target}，那是另一种域名的 CNAME`, `It leads to ${target}, the CNAME of the other kind of domain`), fix) : toOthers(target)
  }
  const [address] = await answerOf(network.resolve(host)) ?? []
  return address === undefined
    ? failed(text(`${host} 没有任何解析`, `${host} has no record at all`), fix)
    : warning(text(`没有 CNAME，直接解析到 ${address}`, `No CNAME: it resolves to ${address}`), text(`${fix.zh}；服务商把 CNAME 展平时可以不管`, `${fix.en}. Never mind if your provider flattens CNAMEs`))
}

/** Nothing is an answer too; undefined: nobody answered. */
async function answerOf(question: Promise<readonly string[]>): Promise<readonly string[] | undefined> {
  try {
    return await question
  }
  catch (error) {
    return ['ENOTFOUND', 'ENODATA'].includes((error as NodeJS.ErrnoException).code ?? '') ? [] : undefined
  }
}
