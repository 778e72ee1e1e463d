/** How others find the server. */
import type { Check } from '../Check'
import { ask, isLocal, nameOf, notReachable, readJson } from '../ask'
import { failed, ok, skipped, text, warning } from '../Finding'
import { lookAtCertificate } from '../lookAtCertificate'
import { PAGES } from '../pages'

const RENEW = text('续签证书并重新加载代理', 'Renew the certificate and reload the proxy')

const publicUrl: Check = {
  id: 'public-url',
  area: 'address',
  title: text('公开地址', 'Public address'),
  why: text('浏览器只把摄像头交给 https，小程序只访问 https 域名，云回调也要找得到这里', 'Browsers give cameras to https only, mini-programs talk to https domains only, and clouds call back there'),
  doc: PAGES.deploy,
  variables: ['PUBLIC_URL'],
  look({ settings: { values } }) {
    const { PUBLIC_URL, NODE_ENV } = values
    const isNeeded = NODE_ENV === 'production' || values.MEDIA === 'tencent' || values.IM === 'tencent' || values.WECHAT_SECRET !== undefined
    const fix = text('设 PUBLIC_URL=https://你的域名（已备案）', 'Set PUBLIC_URL=https://your.domain (with an ICP filing in mainland China)')
    if (PUBLIC_URL === undefined)
      return isNeeded ? warning(text('没有设置，回调到不了，地址随访问者的写法变', 'Not set: callbacks do not arrive, and addresses are those that each client used'), fix) : skipped('没有设置，用访问者的写法', 'Not set: what each client used')
    const { hostname, protocol } = new URL(PUBLIC_URL)
    if (isLocal(hostname))
      return isNeeded && NODE_ENV === 'production' ? failed(text(`${PUBLIC_URL} 只在本机或内网有效`, `${PUBLIC_URL} is good on this machine or network only`), fix) : ok(`${PUBLIC_URL}（试用）`, `${PUBLIC_URL} (for trying out)`)
    return protocol === 'https:' ? ok(PUBLIC_URL, PUBLIC_URL) : failed(text(`${PUBLIC_URL} 不是 https`, `${PUBLIC_URL} is not https`), fix)
  },
}

const reach: Check = {
  id: 'public-url.reach',
  area: 'address',
  title: text('公开地址有人应答', 'Somebody answers there'),
  why: text('应答的不是这个服务器时，分享的链接和回调都到了别处', 'If it is another server, links and callbacks end up there'),
  doc: PAGES.deploy,
  variables: ['PUBLIC_URL'],
  async look(world) {
    const { PUBLIC_URL } = world.settings.values
    if (PUBLIC_URL === undefined)
      return skipped('没有 PUBLIC_URL', 'There is no PUBLIC_URL')
    const answer = await ask(world, `${PUBLIC_URL}/healthz`)
    if (answer === undefined)
      return notReachable(PUBLIC_URL)
    const health = readJson(answer)
    if (health?.version === undefined)
      return failed(text(`应答的不是这个服务器（${answer.status}）`, `It is not this server that answers (${answer.status})`), text('启动服务器；让代理把全部路径转发给它，Host 不变', 'Start the server, and let the proxy pass every path on to it with the same Host'))
    return health.ok === true
      ? ok(`版本 ${String(health.version)}`, `Version ${String(health.version)}`)
      : warning(text('服务器在，但还不能工作', 'The server is there and cannot work yet'), text('看服务器的日志', 'See the server\'s log'))
  },
}

const certificate: Check = {
  id: 'public-url.tls',
  area: 'address',
  title: text('公开地址的证书', 'Certificate of the public address'),
  why: text('手机比电脑挑剔：证书链不全，小程序就连不上', 'Phones are stricter than computers: with an incomplete chain the mini-program does not connect'),
  doc: PAGES.network,
  variables: ['PUBLIC_URL'],
  look(world) {
    const url = world.settings.values.PUBLIC_URL === undefined ? undefined : new URL(world.settings.values.PUBLIC_URL)
    if (url?.protocol !== 'https:' || isLocal(url.hostname))
      return skipped('没有 https 的域名', 'No https domain is set')
    return lookAtCertificate(world, nameOf(url.host), Number(url.port || 443), RENEW)
  },
}

const proxy: Check = {
  id: 'trust-proxy',
  area: 'address',
  title: text('反向代理', 'Reverse proxy'),
  why: text('不认代理，所有人都是同一个地址，限流会误伤', 'Without it everybody has the proxy\'s address, and the limits per address bite'),
  doc: PAGES.deploy,
  variables: ['TRUST_PROXY', 'HTTPS'],
  look({ settings: { values } }) {
    const isBehind = values.PUBLIC_URL?.startsWith('https:') === true && !values.HTTPS
    if (!isBehind)
      return skipped('没有用代理', 'No proxy is in front')
    return values.TRUST_PROXY === 0
      ? warning(text('PUBLIC_URL 是 https，前面应有代理，TRUST_PROXY 却是 0', 'PUBLIC_URL is https, so a proxy is in front, but TRUST_PROXY is 0'), text('设 TRUST_PROXY=1（前面有几层代理就写几）', 'Set TRUST_PROXY=1, or as many as there are'))
      : ok(String(values.TRUST_PROXY), String(values.TRUST_PROXY))
  },
}

const webRtc: Check = {
  id: 'webrtc',
  area: 'address',
  title: text('WebRTC 的地址和端口', 'Address and ports of WebRTC'),
  why: text('浏览器开播和连麦走 UDP，找不到这台机器就连不上', 'Browsers publish over UDP, and must find this machine'),
  doc: PAGES.deploy,
  variables: ['MEDIA_PUBLIC_IP', 'RTC_UDP_PORTS'],
  look({ settings: { values } }) {
    if (values.MEDIA !== 'embedded')
      return skipped('不经过这台机器', 'It does not pass through this machine')
    if (values.NODE_ENV !== 'production')
      return skipped('开发模式用本机地址', 'Development uses the machine\'s own addresses')
    const missing = (['MEDIA_PUBLIC_IP', 'RTC_UDP_PORTS'] as const).filter(name => values[name] === undefined)
    return missing.length === 0
      ? ok(`${values.MEDIA_PUBLIC_IP} UDP ${values.RTC_UDP_PORTS?.join('–')}`, `${values.MEDIA_PUBLIC_IP} UDP ${values.RTC_UDP_PORTS?.join('–')}`)
      : warning(text(`没有设 ${missing.join('、')}`, `${missing.join(' and ')} not set`), text('在 NAT 后面要设公网 IP；设一段 UDP 端口，并在防火墙放行', 'Behind NAT set the public IP; set a range of UDP ports and open it in the firewall'))
  },
}

export const addressChecks: readonly Check[] = [publicUrl, reach, certificate, proxy, webRtc]
