/** What Tencent Cloud Live says of itself by its API. */
import type { Check } from '../Check'
import type { Outcome } from '../Finding'
import type { World } from '../World'
import * as v from 'valibot'
import { AppError } from '../../errors'
import { createTencentApi } from '../../tencent/tencentApi'
import { TencentApiError } from '../../tencent/TencentApiError'
import { notReachable } from '../ask'
import { explain } from '../explain'
import { failed, ok, skipped, text, unknown, warning } from '../Finding'
import { PAGES } from '../pages'

const NOT_TENCENT = skipped('MEDIA 不是 tencent', 'MEDIA is not tencent')
const NOT_TOLD = unknown(text('这个密钥没有权限查，或没有人应答（见 live.api）', 'The key may not ask that, or nobody answers (see live.api)'), text('访问管理 → 用户 → 授权：QcloudLIVEReadOnlyAccess', 'Access Management → users → 授权: QcloudLIVEReadOnlyAccess'))
const STREAM = 'doctor'

const api: Check = {
  id: 'live.api',
  area: 'live',
  title: text('云直播 API', 'Cloud Live API'),
  why: text('断流、禁推和混流都靠它', 'Streams are cut, forbidden and mixed by it'),
  doc: PAGES.liveApiErrors,
  variables: ['TENCENT_SECRET_ID', 'TENCENT_SECRET_KEY', 'TENCENT_LIVE_API_URL'],
  async look(world) {
    const { values } = world.settings
    if (values.MEDIA !== 'tencent')
      return NOT_TENCENT
    if (values.TENCENT_PUSH_DOMAIN === undefined)
      return skipped('没有推流域名', 'There is no push domain')
    const answer = await call(world, 'DescribeLiveStreamState', { DomainName: values.TENCENT_PUSH_DOMAIN, AppName: values.TENCENT_APP_NAME, StreamName: STREAM })
    return 'outcome' in answer ? answer.outcome : ok('密钥有效，域名可用', 'The key is good and the domain is known')
  },
}

/** 267/35186 */
const DomainList = v.object({ DomainList: v.array(v.object({ Name: v.string(), Type: v.number(), Status: v.number(), BCName: v.optional(v.number()) })) })

const consoleDomains: Check = {
  id: 'live.console',
  area: 'live',
  title: text('控制台里的域名', 'Domains in the console'),
  why: text('类型选错、没启用或 CNAME 没生效，控制台知道', 'A wrong type, a disabled domain or a CNAME that is not there yet: the console knows'),
  doc: PAGES.liveDomains,
  variables: ['TENCENT_PUSH_DOMAIN', 'TENCENT_PLAY_DOMAIN'],
  async look(world) {
    const { MEDIA, TENCENT_PUSH_DOMAIN: push, TENCENT_PLAY_DOMAIN: play } = world.settings.values
    if (MEDIA !== 'tencent')
      return NOT_TENCENT
    if (push === undefined || play === undefined)
      return skipped('域名没有填全', 'Not both domains are set')
    const answer = await call(world, 'DescribeLiveDomains', { PageNum: 1, PageSize: 100 })
    if ('outcome' in answer)
      return NOT_TOLD
    const parsed = v.safeParse(DomainList, answer.value)
    if (!parsed.success)
      return unknown(text('回答看不懂', 'The answer cannot be read'))
    const troubles = ([[push, 0], [play, 1]] as const).flatMap(([name, type]) => {
      const found = parsed.output.DomainList.find(({ Name }) => Name === name)
      return found === undefined ? [text(`没有 ${name}`, `${name} is not there`)] : troublesOf(found, type)
    })
    const fix = text('云直播控制台 → 域名管理：按类型添加、启用，并配置 CNAME', 'Cloud Live console → 域名管理: add it with the right type, enable it, and set its CNAME')
    return troubles.length === 0
      ? ok('类型、状态和 CNAME 都对', 'Type, state and CNAME are right')
      : failed(text(troubles.map(({ zh }) => zh).join('；'), troubles.map(({ en }) => en).join('; ')), fix)
  },
}

/** 267/30771, 267/30772 */
const PushKeyInfo = v.object({ PushAuthKeyInfo: v.object({ Enable: v.number(), MasterAuthKey: v.string(), BackupAuthKey: v.optional(v.string()) }) })
const PlayKeyInfo = v.object({ PlayAuthKeyInfo: v.object({ Enable: v.number(), AuthKey: v.string(), AuthBackKey: v.optional(v.string()) }) })

const consoleKeys: Check = {
  id: 'live.console.keys',
  area: 'live',
  title: text('控制台里的密钥', 'Keys in the console'),
  why: text('与 PUSH_KEY、PLAY_KEY 不同，推流、播放都会被拒绝；没开播放鉴权，谁都能盗播', 'If they are not PUSH_KEY and PLAY_KEY, pushing and playing are refused; without play authentication anybody takes the stream'),
  doc: PAGES.liveAddresses,
  variables: ['PUSH_KEY', 'PLAY_KEY'],
  async look(world) {
    const { MEDIA, PLAY_KEY, PUSH_KEY, TENCENT_PLAY_DOMAIN, TENCENT_PUSH_DOMAIN } = world.settings.values
    if (MEDIA !== 'tencent')
      return NOT_TENCENT
    if (TENCENT_PUSH_DOMAIN === undefined || TENCENT_PLAY_DOMAIN === undefined || PUSH_KEY === undefined || PLAY_KEY === undefined)
      return skipped('域名或密钥没有填全', 'Not all domains and keys are set')
    const [push, play] = await Promise.all([
      call(world, 'DescribeLivePushAuthKey', { DomainName: TENCENT_PUSH_DOMAIN }),
      call(world, 'DescribeLivePlayAuthKey', { DomainName: TENCENT_PLAY_DOMAIN }),
    ])
    const pushInfo = v.safeParse(PushKeyInfo, 'value' in push ? push.value : undefined)
    const playInfo = v.safeParse(PlayKeyInfo, 'value' in play ? play.value : undefined)
    if (!pushInfo.success || !playInfo.success)
      return NOT_TOLD
    const { Enable: isPushOn, MasterAuthKey, BackupAuthKey } = pushInfo.output.PushAuthKeyInfo
    const { Enable: isPlayOn, AuthKey, AuthBackKey } = playInfo.output.PlayAuthKeyInfo
    const off = [...isPushOn ? [] : ['推流鉴权配置'], ...isPlayOn ? [] : ['播放鉴权配置']]
    const other = [...[MasterAuthKey, BackupAuthKey].includes(PUSH_KEY) ? [] : ['PUSH_KEY'], ...[AuthKey, AuthBackKey].includes(PLAY_KEY) ? [] : ['PLAY_KEY']]
    if (other.length > 0)
      return failed(text(`${other.join('、')} 与控制台的不同`, `${other.join(' and ')} differ from the console's`), text('云直播控制台 → 域名管理 → 推流配置、访问控制：复制主 KEY', 'Cloud Live console → 域名管理 → 推流配置 and 访问控制: copy the main KEY (主KEY)'))
    return off.length === 0
      ? ok('与控制台的相同，鉴权都开着', 'They are the console\'s, and authentication is on')
      : warning(text(`没有打开${off.join('、')}`, `Not switched on: ${off.join(', ')}`), text('云直播控制台 → 域名管理 → 该域名：打开它', 'Cloud Live console → 域名管理 → the domain: switch it on'))
  },
}

export const liveCloudChecks: readonly Check[] = [api, consoleDomains, consoleKeys]

function troublesOf({ BCName, Name, Status, Type }: v.InferOutput<typeof DomainList>['DomainList'][number], type: 0 | 1) {
  return [
    ...Type === type ? [] : [text(`${Name} 的类型应为${type === 0 ? '推流' : '播放'}域名`, `${Name} should be of the type ${type === 0 ? 'push' : 'play'}`)],
    ...Status === 1 ? [] : [text(`${Name} 没有启用`, `${Name} is disabled`)],
    ...BCName === 0 ? [text(`${Name} 的 CNAME 没有生效`, `${Name} has no CNAME yet`)] : [],
  ]
}

async function call({ clock, network, settings: { values } }: World, action: string, parameters: object): Promise<{ readonly value: unknown } | { readonly outcome: Outcome }> {
  const { TENCENT_SECRET_ID: secretId, TENCENT_SECRET_KEY: secretKey, TENCENT_LIVE_API_URL: url } = values
  if (secretId === undefined || secretKey === undefined) {
    return { outcome: failed(
      text('没有 TENCENT_SECRET_ID 和 TENCENT_SECRET_KEY', 'TENCENT_SECRET_ID and TENCENT_SECRET_KEY are not both set'),
      text('访问管理 → API 密钥管理：为有云直播权限的子账号新建密钥', 'Access Management → API 密钥管理: make a key for a sub-account that may use Cloud Live'),
    ) }
  }
  try {
    return { value: await createTencentApi({ secretId, secretKey, url, service: 'live', version: '2018-08-01', title: 'Cloud Live', fetch: network.fetch, clock }).call(action, parameters) }
  }
  catch (error) {
    if (error instanceof TencentApiError)
      return { outcome: explain('cloud', error.code) }
    if (error instanceof AppError)
      return { outcome: notReachable(url) }
    throw error
  }
}
