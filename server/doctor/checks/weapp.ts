/** Clients of the old room service: whose people come in, and how easily. */
import type { WeappApp } from '../../settings'
import type { Check } from '../Check'
import type { World } from '../World'
import { ConfigError } from '../../configError'
import { DEVELOPMENT_APP_ID, readWeappApps } from '../../settings'
import { failed, ok, skipped, text, warning } from '../Finding'
import { PAGES } from '../pages'

const CLOSED = skipped('WEAPP=0，不接待旧客户端', 'WEAPP=0: no old client is served')

const apps: Check = {
  id: 'weapp.apps',
  area: 'accounts',
  title: text('旧客户端的应用', 'Applications of old clients'),
  why: text('没有配置的应用，它的人登录时得到 202005', 'People of an application that is not set are answered 202005'),
  doc: PAGES.migration,
  variables: ['WEAPP_APPS', 'TENCENT_SDK_APP_ID'],
  look(world) {
    const { values } = world.settings
    if (!values.WEAPP)
      return CLOSED
    const ids = idsOf(world)
    if (ids === undefined)
      return failed(text('WEAPP_APPS 读不懂，或里面的密钥文件不能用', 'WEAPP_APPS cannot be read, or a file of keys in it cannot be used'), text('写成 "SDKAppID=密钥"，或 "SDKAppID=/authkeys.txt 的路径"，用逗号分开', 'Write "SDKAppID=secret key", or "SDKAppID=/path/of/authkeys.txt", with commas between'))
    const twice = ids.find((id, index) => ids.indexOf(id) < index)
    if (twice !== undefined)
      return failed(text(`应用 ${twice} 写了两次`, `Application ${twice} is there twice`), text('TENCENT_SDK_APP_ID 的应用本来就算，WEAPP_APPS 里去掉它', 'That of TENCENT_SDK_APP_ID counts anyway: leave it out of WEAPP_APPS'))
    if (ids.length > 0)
      return ok(ids.join('、'), ids.join(', '))
    return values.NODE_ENV === 'production'
      ? skipped('没有配置应用，旧客户端都进不来', 'No application is set: no old client comes in')
      : ok(`试用的应用 ${DEVELOPMENT_APP_ID}`, `${DEVELOPMENT_APP_ID}, for trying things out`)
  },
}

const loginInfo: Check = {
  id: 'weapp.login-info',
  area: 'accounts',
  title: text('谁来要都签 UserSig', 'UserSigs for whoever asks'),
  why: text('谁都能冒充这个应用的任何人，在聊天里也一样', 'Anybody can pose as anybody of that application, in its chat, too'),
  doc: PAGES.migration,
  variables: ['WEAPP_LOGIN_INFO'],
  look(world) {
    const { values } = world.settings
    if (!values.WEAPP)
      return CLOSED
    const id = idsOf(world)?.[0]
    if (values.WEAPP_LOGIN_INFO === '0' || (values.WEAPP_LOGIN_INFO === undefined && (id !== undefined || values.NODE_ENV === 'production')))
      return ok('不签', 'None is signed')
    return id === undefined
      ? ok('只给试用的应用签', 'Only of the application for trying things out')
      : warning(text(`/weapp/utils/get_login_info 给任何人签应用 ${id} 的 UserSig`, `/weapp/utils/get_login_info signs for anybody in application ${id}`), text('设 WEAPP_LOGIN_INFO=0，由自己的后台签', 'Set WEAPP_LOGIN_INFO=0 and let your own backend sign'))
  },
}

export const weappChecks: readonly Check[] = [apps, loginInfo]

/** In the order in which they count; undefined: they cannot be read. */
function idsOf({ machine, settings: { values } }: World): readonly number[] | undefined {
  const own = values.TENCENT_SDK_APP_ID !== undefined && (values.TENCENT_SDK_SECRET_KEY ?? values.TENCENT_SDK_PRIVATE_KEY_FILE) !== undefined ? [values.TENCENT_SDK_APP_ID] : []
  const others = othersIn(values.WEAPP_APPS ?? '', file => machine.read(file) ?? '')
  return others && [...own, ...others.map(({ sdkAppId }) => sdkAppId)]
}

function othersIn(set: string, read: (file: string) => string): readonly WeappApp[] | undefined {
  try {
    return readWeappApps(set, read)
  }
  catch (error) {
    if (error instanceof ConfigError)
      return undefined
    throw error
  }
}
