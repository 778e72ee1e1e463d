import type { Outcome } from './Finding'
import type { World } from './World'
import { ask, notReachable } from './ask'
import { failed, ok, skipped, text, warning } from './Finding'

/** Whether a cloud's news would arrive at a door of this server: an unsigned call must be refused by the server itself. With a query it is a GET. */
export async function lookAtCallback(world: World, path: string, query?: string): Promise<Outcome> {
  const { PUBLIC_URL } = world.settings.values
  if (PUBLIC_URL === undefined)
    return skipped('没有 PUBLIC_URL，云端找不到这里', 'Without PUBLIC_URL no cloud finds this place')
  const address = `${PUBLIC_URL}${path}`
  const answer = query === undefined
    ? await ask(world, address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    : await ask(world, `${address}?${query}`)
  if (answer === undefined)
    return notReachable(address)
  switch (answer.status) {
    case 403: return ok(`${address} 有人应答，拒绝未签名的请求`, `${address} answers, and refuses what is not signed`)
    case 404: return failed(text(`${address} 是 404`, `${address} is a 404`), text('重启服务器让设置生效；代理要把 /callbacks/ 转发到它', 'Start the server with these settings, and let the proxy pass /callbacks/ on to it'))
    case 502:
    case 503:
    case 504: return failed(text(`${address} 的代理后面没有服务器（${answer.status}）`, `Behind the proxy at ${address} nobody answers (${answer.status})`), text('启动服务器，或改正代理的 upstream', 'Start the server, or put the proxy\'s upstream right'))
    default: return answer.status < 300
      ? failed(text(`${address} 接受了未签名的请求（${answer.status}）`, `${address} took a call that was not signed (${answer.status})`), text('那里不是这个服务器：改正 PUBLIC_URL 或代理', 'That is not this server: put PUBLIC_URL or the proxy right'))
      : warning(text(`${address} 答复 ${answer.status}`, `${address} answers ${answer.status}`), text('看看代理有没有拦截 POST，或把 http 跳转到 https', 'See whether the proxy holds POST back, or sends http to https'))
  }
}
