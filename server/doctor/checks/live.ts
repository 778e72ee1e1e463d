/** Tencent Cloud Live: signing, callbacks and the doors of WebRTC. */
import type { Check } from '../Check'
import { plainKey, signStream, verifyStream } from '../../media/urlAuth'
import { ask, notReachable } from '../ask'
import { failed, ok, skipped, text, warning } from '../Finding'
import { lookAtCallback } from '../lookAtCallback'
import { PAGES } from '../pages'

const NOT_TENCENT = skipped('MEDIA 不是 tencent', 'MEDIA is not tencent')
/** Computed apart from our code: printf %s 'txkey0123456789' 'doctor' '5867D600' | md5sum, and sha256sum. */
const VECTOR = { key: 'txkey0123456789', stream: 'doctor', expiresAt: 0x5867D600 * 1000, md5: 'd0eb9779c3b0aea011d17a1b0f8586b0', sha256: '78c3b4b80aa5b4324cb38184668112444abe64dfad300318983afa1e4aeeb839' }
const TTL_MS = 60_000
const STREAM = 'doctor'

const vector: Check = {
  id: 'signature',
  area: 'settings',
  title: text('签名算法', 'Signing of addresses'),
  why: text('与云直播算法不同，推流和播放都会被拒绝', 'If it differed from Cloud Live\'s, pushing and playing would be refused'),
  doc: PAGES.liveAddresses,
  variables: ['SIGN_ALGORITHM'],
  look() {
    const { key, stream, expiresAt } = VECTOR
    const isRight = (['md5', 'sha256'] as const).every(algorithm => signStream({ ...plainKey(key), algorithm }, stream, expiresAt) === `txSecret=${VECTOR[algorithm]}&txTime=5867D600`)
    return isRight ? ok('MD5、SHA256 都与已知结果相同', 'MD5 and SHA256 give the known results') : failed(text('与已知结果不同', 'It does not give the known results'), text('重新安装：git status 看有没有改动', 'Install anew; git status shows what was changed'))
  },
}

const keys: Check = {
  id: 'live.keys',
  area: 'live',
  title: text('推流与播放的密钥', 'Keys for pushing and playing'),
  why: text('与控制台里的不同，推流、播放都是 403（3004、−2301）', 'If they differ from the console\'s, pushing and playing are refused (3004, −2301)'),
  doc: PAGES.liveAddresses,
  variables: ['PUSH_KEY', 'PLAY_KEY', 'PUSH_KEY_BACKUP', 'PLAY_KEY_BACKUP', 'SIGN_ALGORITHM'],
  look({ settings: { values }, clock }) {
    if (values.MEDIA !== 'tencent')
      return NOT_TENCENT
    const given = (['PUSH_KEY', 'PLAY_KEY'] as const).filter(name => values[name] !== undefined)
    if (given.length < 2) {
      return failed(
        text(`没有填，或不能用：${given.includes('PUSH_KEY') ? 'PLAY_KEY' : given.length === 0 ? 'PUSH_KEY 和 PLAY_KEY' : 'PUSH_KEY'}`, `${given.includes('PUSH_KEY') ? 'PLAY_KEY is' : given.length === 0 ? 'PUSH_KEY and PLAY_KEY are' : 'PUSH_KEY is'} not set or of no use`),
        text('云直播控制台 → 域名管理 → 推流域名 → 推流配置 → 推流鉴权配置；播放域名 → 访问控制 → 播放鉴权配置：复制主 KEY', 'Cloud Live console → 域名管理 → push domain → 推流配置 → 推流鉴权配置, and play domain → 访问控制 → 播放鉴权配置: copy the main KEY (主KEY) of each'),
      )
    }
    const isSound = given.every((name) => {
      const key = { key: values[name]!, backup: values[`${name}_BACKUP`] ?? null, algorithm: values.SIGN_ALGORITHM }
      const query = Object.fromEntries(new URLSearchParams(signStream(key, STREAM, clock.now() + TTL_MS)))
      return verifyStream(key, STREAM, query, clock.now()) === undefined && verifyStream(key, `${STREAM}2`, query, clock.now()) === 'unsigned'
    })
    return isSound
      ? ok(`能签名，也能验证；控制台的鉴权算法要选 ${values.SIGN_ALGORITHM.toUpperCase()}`, `They sign and verify; the console's algorithm has to be ${values.SIGN_ALGORITHM.toUpperCase()}`)
      : failed(text('签名验证不了', 'What they sign does not verify'), text('重新安装', 'Install anew'))
  },
}

const callback: Check = {
  id: 'live.callback',
  area: 'live',
  title: text('直播回调', 'Live callbacks'),
  why: text('收不到回调，房间不知道开播和断流，一直停在准备中', 'Without them a room does not learn that its stream began, and stays in preparation'),
  doc: PAGES.liveCallbacks,
  variables: ['PUBLIC_URL', 'TENCENT_CALLBACK_KEY'],
  look: world => world.settings.values.MEDIA === 'tencent' ? lookAtCallback(world, '/callbacks/live') : NOT_TENCENT,
}

const webRtcDoors: Check = {
  id: 'live.webrtc',
  area: 'live',
  title: text('WebRTC 推流与快直播', 'WebRTC publishing and low-latency play'),
  why: text('网页开播走 WHIP，低延时观看走快直播', 'The web publishes by WHIP and plays with low latency by LEB'),
  doc: PAGES.whip,
  variables: ['TENCENT_WHIP_URL', 'TENCENT_LEB_URL'],
  async look(world) {
    const { MEDIA, TENCENT_LEB_URL, TENCENT_WHIP_URL } = world.settings.values
    if (MEDIA !== 'tencent')
      return NOT_TENCENT
    for (const address of [TENCENT_WHIP_URL, TENCENT_LEB_URL]) {
      const answer = await ask(world, address, { method: 'OPTIONS' })
      if (answer === undefined)
        return notReachable(address)
      if (answer.status >= 500)
        return warning(text(`${address} 答复 ${answer.status}`, `${address} answers ${answer.status}`), text('稍后再查；地址若改过，恢复默认', 'Ask again later; if the address was changed take the default'))
    }
    return ok('都有应答', 'Both answer')
  },
}

export const liveChecks: readonly Check[] = [vector, keys, callback, webRtcDoors]
