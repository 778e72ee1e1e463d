/** Tencent IM: who we are there, what it answers, and whether its news arrive. */
import type { UserSigKey } from '../../settings'
import type { Check } from '../Check'
import type { World } from '../World'
import { Buffer } from 'node:buffer'
import { createUserSigner } from '../../auth/userSig'
import { privateKeyIn } from '../../auth/userSig/privateKey'
import { domainsOf } from '../../domains'
import { createImRest } from '../../im/tencent/imRest'
import { TencentImError } from '../../im/tencent/TencentImError'
import { ask, notReachable } from '../ask'
import { explain } from '../explain'
import { failed, ok, skipped, text } from '../Finding'
import { lookAtCallback } from '../lookAtCallback'
import { PAGES } from '../pages'

const NOT_TENCENT = skipped('IM 不是 tencent', 'IM is not tencent')
const TTL_MS = 600_000
const TIMEOUT_MS = 2500
const SECRET_KEY = /^[0-9a-f]{64}$/i

const CONSOLE = text('IM 控制台 → 应用卡片：SDKAppID 和密钥；旧应用下载 authkeys.txt', 'IM console → the application\'s card: SDKAppID and key; older applications have authkeys.txt to download')

const keys: Check = {
  id: 'im.keys',
  area: 'im',
  title: text('SDKAppID 与密钥', 'SDKAppID and key'),
  why: text('签不出有效的 UserSig，谁也登录不了聊天（70003、70009）', 'Without a good UserSig nobody gets into the chat (70003, 70009)'),
  doc: PAGES.userSig,
  variables: ['TENCENT_SDK_APP_ID', 'TENCENT_SDK_SECRET_KEY', 'TENCENT_SDK_PRIVATE_KEY_FILE'],
  look(world) {
    const { values } = world.settings
    if (values.IM !== 'tencent')
      return NOT_TENCENT
    const account = accountOf(world)
    if (account === undefined) {
      const file = values.TENCENT_SDK_PRIVATE_KEY_FILE
      return file === undefined
        ? failed(text('没有填全，或填的不能用', 'Not all are set, or what is set is of no use'), CONSOLE)
        : failed(text(`没有 SDKAppID，或读不到 ${file}`, `There is no SDKAppID, or ${file} cannot be read`), CONSOLE)
    }
    const { key, sdkAppId } = account
    if (key.kind === 'secret' && !SECRET_KEY.test(key.secretKey))
      return failed(text('密钥不是 64 位十六进制，没有抄全', 'The key is not 64 hexadecimal digits: it was not copied whole'), CONSOLE)
    try {
      const signer = createUserSigner(account, world.clock)
      const verdict = signer.verify(signer.sign(values.TENCENT_IM_ADMIN, TTL_MS), world.clock.now())
      return verdict.status === 'valid' && verdict.userId === values.TENCENT_IM_ADMIN
        ? ok(`${sdkAppId}：能签名，也能验证`, `${sdkAppId}: signs and verifies`)
        : failed(text(`签名验证不了（${verdict.status}）`, `What it signs does not verify (${verdict.status})`), CONSOLE)
    }
    catch {
      return failed(text('私钥文件里没有能用的私钥', 'The file holds no private key that can be used'), text('用控制台下载的 authkeys.txt，从 -----BEGIN PRIVATE KEY----- 到 -----END PRIVATE KEY----- 要完整', 'Use authkeys.txt as downloaded, whole from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----'))
    }
  },
}

const api: Check = {
  id: 'im.api',
  area: 'im',
  title: text('IM 的 REST API', 'REST API of IM'),
  why: text('建群、房间消息和管理都靠它', 'Groups, room news and moderation go through it'),
  doc: PAGES.imRest,
  variables: ['TENCENT_SDK_APP_ID', 'TENCENT_IM_ADMIN', 'TENCENT_IM_API_URL'],
  async look(world) {
    const { values } = world.settings
    if (values.IM !== 'tencent')
      return NOT_TENCENT
    const account = accountOf(world)
    if (account === undefined)
      return skipped('密钥没有填全', 'The key is not set')
    try {
      const signer = createUserSigner(account, world.clock)
      const rest = createImRest({
        settings: { apiUrl: values.TENCENT_IM_API_URL, sdkAppId: account.sdkAppId, admin: values.TENCENT_IM_ADMIN },
        adminSig: () => signer.sign(values.TENCENT_IM_ADMIN, TTL_MS),
        clock: world.clock,
        randomBytes: size => Buffer.alloc(size, world.clock.now() % 256),
        fetch: world.network.fetch,
      })
      // https://www.tencentcloud.com/document/product/1047/34956: changes nothing.
      await rest('im_open_login_svc/account_check', { CheckItem: [{ UserID: values.TENCENT_IM_ADMIN }] }, TIMEOUT_MS)
      return ok(`${values.TENCENT_IM_ADMIN} 可以说话`, `${values.TENCENT_IM_ADMIN} may speak`)
    }
    catch (error) {
      if (error instanceof TencentImError)
        return error.code === undefined ? notReachable(values.TENCENT_IM_API_URL) : explain('im', error.code)
      return skipped('密钥不能用，见上', 'The key cannot be used, see above')
    }
  },
}

const callback: Check = {
  id: 'im.callback',
  area: 'im',
  title: text('IM 回调', 'IM webhooks'),
  why: text('发言前检查、进出房间和在线人数靠它', 'Texts are checked, and people seen to come and go, by them'),
  doc: PAGES.imCallbacks,
  variables: ['PUBLIC_URL', 'TENCENT_IM_CALLBACK_TOKEN'],
  look: world => world.settings.values.IM === 'tencent' ? lookAtCallback(world, '/callbacks/im') : NOT_TENCENT,
}

const sockets: Check = {
  id: 'im.sockets',
  area: 'im',
  title: text('IM 的长连接', 'Sockets of IM'),
  why: text('手机和网页的聊天连到这里', 'The chat of phones and pages connects there'),
  doc: PAGES.imRest,
  variables: ['TENCENT_SDK_APP_ID', 'TENCENT_IM_SOCKET_URL'],
  async look(world) {
    const { values } = world.settings
    const account = accountOf(world)
    if (values.IM !== 'tencent')
      return NOT_TENCENT
    if (account === undefined)
      return skipped('密钥没有填全', 'The key is not set')
    const { socket } = domainsOf({ own: null, media: { kind: 'embedded' }, im: { kind: 'tencent', ...account, admin: values.TENCENT_IM_ADMIN, callbackToken: '', apiUrl: values.TENCENT_IM_API_URL, socketUrl: values.TENCENT_IM_SOCKET_URL ?? null } })
    for (const origin of socket) {
      if (await ask(world, origin.replace(/^ws/, 'http')) === undefined)
        return notReachable(origin)
    }
    return ok(socket.join(', '), socket.join(', '))
  },
}

export const imChecks: readonly Check[] = [keys, api, callback, sockets]

/** Undefined: not all of it is set, or the file cannot be read. */
function accountOf({ machine, settings: { values } }: World): { readonly sdkAppId: number, readonly key: UserSigKey } | undefined {
  const { TENCENT_SDK_APP_ID: sdkAppId, TENCENT_SDK_PRIVATE_KEY_FILE: file, TENCENT_SDK_SECRET_KEY: secretKey } = values
  if (sdkAppId === undefined)
    return undefined
  if (secretKey !== undefined)
    return { sdkAppId, key: { kind: 'secret', secretKey } }
  const kept = file === undefined ? undefined : machine.read(file)
  if (kept === undefined)
    return undefined
  const found = privateKeyIn(kept)
  return { sdkAppId, key: { kind: 'private', pem: 'pem' in found ? found.pem : '' } }
}
