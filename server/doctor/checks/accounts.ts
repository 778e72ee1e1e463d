/** Who may come in, and what was paid for. */
import type { Check } from '../Check'
import { ask, notReachable, readJson } from '../ask'
import { failed, ok, skipped, text, unknown, warning } from '../Finding'
import { PAGES } from '../pages'

const who: Check = {
  id: 'accounts.who',
  area: 'accounts',
  title: text('谁能进来', 'Who may come in'),
  why: text('关了访客，又没有别的账号，谁也进不来', 'Without guests and without another account system nobody gets in'),
  doc: PAGES.settings,
  variables: ['GUESTS', 'WECHAT_SECRET', 'ACCOUNT_JWKS_URL', 'ACCOUNT_JWT_SECRET', 'ACCOUNT_VERIFY_URL'],
  look({ settings: { values } }) {
    const ways = [
      ...values.GUESTS ? [text('访客', 'guests')] : [],
      ...values.WECHAT_SECRET === undefined ? [] : [text('微信', 'WeChat')],
      ...(values.ACCOUNT_JWKS_URL ?? values.ACCOUNT_JWT_SECRET ?? values.ACCOUNT_VERIFY_URL) === undefined ? [] : [text('外部账号', 'an account system')],
    ]
    return ways.length > 0
      ? ok(ways.map(({ zh }) => zh).join('、'), ways.map(({ en }) => en).join(', '))
      : failed(text('没有人', 'Nobody'), text('设 GUESTS=1，或填 WECHAT_SECRET、ACCOUNT_… 之一', 'Set GUESTS=1, or WECHAT_SECRET, or one of ACCOUNT_…'))
  },
}

const external: Check = {
  id: 'accounts.external',
  area: 'accounts',
  title: text('外部账号系统', 'Account system'),
  why: text('问不到它，它的人就进不来', 'Its people cannot come in while it does not answer'),
  doc: PAGES.jwks,
  variables: ['ACCOUNT_JWKS_URL', 'ACCOUNT_VERIFY_URL', 'ACCOUNT_JWT_ISSUER', 'ACCOUNT_JWT_AUDIENCE'],
  async look(world) {
    const { ACCOUNT_JWKS_URL: jwks, ACCOUNT_JWT_SECRET, ACCOUNT_VERIFY_URL: verify } = world.settings.values
    if (jwks !== undefined) {
      const answer = await ask(world, jwks)
      if (answer === undefined)
        return notReachable(jwks)
      const keys = readJson(answer)?.keys
      return Array.isArray(keys) && keys.length > 0
        ? ok(`${keys.length} 个公钥`, `${keys.length} keys`)
        : failed(text(`${jwks} 没有公钥（${answer.status}）`, `${jwks} has no keys (${answer.status})`), text('填它 JWKS 的地址，通常以 /.well-known/jwks.json 结尾', 'Set it to the address of its JWKS, which mostly ends in /.well-known/jwks.json'))
    }
    if (verify !== undefined) {
      const answer = await ask(world, verify, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token: 'doctor' }) })
      if (answer === undefined)
        return notReachable(verify)
      return answer.status >= 200 && answer.status < 300
        ? warning(text('它接受了一个不存在的 token，或用 200 表示拒绝', 'It took a token that is none, or refuses with a 200'), text('拒绝时答复 401 或 403', 'Let it refuse with 401 or 403'))
        : answer.status === 404 || answer.status >= 500
          ? failed(text(`${verify} 答复 ${answer.status}`, `${verify} answers ${answer.status}`), text('核对 ACCOUNT_VERIFY_URL', 'Compare ACCOUNT_VERIFY_URL'))
          : ok('拒绝了一个不存在的 token', 'It refuses a token that is none')
    }
    return ACCOUNT_JWT_SECRET === undefined ? skipped('没有设置', 'None is set') : ok('用共享密钥验证，不用联网', 'Verified by a shared secret, without a network')
  },
}

const admin: Check = {
  id: 'admin-token',
  area: 'accounts',
  title: text('管理接口', 'Admin door'),
  why: text('有它，才能从外面看这份诊断', 'With it this diagnosis can be read from outside'),
  doc: PAGES.settings,
  variables: ['ADMIN_TOKEN'],
  look: ({ settings: { values } }) => values.ADMIN_TOKEN === undefined ? skipped('没有设置，/api/admin 不存在', 'Not set: there is no /api/admin') : ok('设置了', 'Set'),
}

const packages: Check = {
  id: 'packages',
  area: 'accounts',
  title: text('套餐与许可', 'Packages and licences'),
  why: text('欠费或到期，直播和聊天会一起停', 'Live and chat stop when they are unpaid or run out'),
  doc: 'https://cloud.tencent.com/document/product/267/2818',
  variables: [],
  look({ settings: { values } }) {
    const wanted = [
      ...values.MEDIA === 'tencent' ? [text('云直播流量包、快直播和混流', 'live traffic, low latency and mixing')] : [],
      ...values.IM === 'tencent' ? [text('IM 套餐（直播群封禁和在线状态要进阶版）', 'an IM edition (bans and presence in live groups need the larger one)')] : [],
    ]
    return wanted.length === 0
      ? skipped('没有用到云服务', 'No cloud is used')
      : unknown(text('只能在控制台里看', 'Only the console shows it'), text(`费用中心：看${wanted.map(({ zh }) => zh).join('、')}`, `Billing centre: see ${wanted.map(({ en }) => en).join(', and ')}`))
  },
}

export const accountChecks: readonly Check[] = [who, external, admin, packages]
