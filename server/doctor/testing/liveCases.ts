import type { Cases } from './Cases'
import type { FakeWorld } from './fakeWorld'
import { DAY_MS } from './fakeWorld'

export const LIVE_ENV = {
  MEDIA: 'tencent',
  PUBLIC_URL: 'https://live.example.com',
  TENCENT_PUSH_DOMAIN: 'push.example.com',
  TENCENT_PLAY_DOMAIN: 'play.example.com',
  TENCENT_SECRET_ID: 'AKIDexampleexample12',
  TENCENT_SECRET_KEY: 'cloud-key-0123456789',
  TENCENT_CALLBACK_KEY: 'a1c9e07b35d2f486',
  PUSH_KEY: 'push7a3f01',
  PLAY_KEY: 'play9b2e44',
}
const API = 'https://live.tencentcloudapi.com'
const CALLBACK = 'https://live.example.com/callbacks/live'
const NO_ENV = (...names: (keyof typeof LIVE_ENV)[]) => Object.fromEntries(Object.entries(LIVE_ENV).filter(([name]) => !names.includes(name as keyof typeof LIVE_ENV)))

const refusal = (Code: string) => ({ [API]: { Response: { Error: { Code, Message: 'not repeated' }, RequestId: 'r' } } })
const tells = (response: object) => ({ [API]: { Response: { RequestId: 'r', ...response } } })
function domains(...list: [name: string, type: number, status: number, cname: number][]) {
  return tells({ AllCount: list.length, DomainList: list.map(([Name, Type, Status, BCName]) => ({ Name, Type, Status, BCName, TargetDomain: 'x' })) })
}
function keysOf(push: string, play: string, isOn = 1) {
  return {
    [API]: (init: RequestInit) => Response.json({ Response: {
      RequestId: 'r',
      ...new Headers(init.headers).get('x-tc-action') === 'DescribeLivePushAuthKey'
        ? { PushAuthKeyInfo: { DomainName: 'push.example.com', Enable: 1, MasterAuthKey: push, BackupAuthKey: '', AuthDelta: 300 } }
        : { PlayAuthKeyInfo: { DomainName: 'play.example.com', Enable: isOn, AuthKey: 'another', AuthBackKey: play, AuthDelta: 300 } },
    } }),
  }
}
const live = (more: FakeWorld): FakeWorld => ({ env: LIVE_ENV, ...more })

/** Everything at Tencent Live as it should be. */
export const LIVE_ANSWERS: NonNullable<FakeWorld['answers']> = {
  [CALLBACK]: 403,
  'https://webrtcpush.tlivewebrtcpush.com/': 204,
  'https://webrtc.liveplay.myqcloud.com/': 404,
  [API]: (init: RequestInit) => Response.json({ Response: {
    RequestId: 'r',
    StreamState: 'inactive',
    DomainList: [{ Name: 'push.example.com', Type: 0, Status: 1, BCName: 1 }, { Name: 'play.example.com', Type: 1, Status: 1, BCName: 1 }],
    PushAuthKeyInfo: { Enable: 1, MasterAuthKey: LIVE_ENV.PUSH_KEY },
    PlayAuthKeyInfo: { Enable: 1, AuthKey: LIVE_ENV.PLAY_KEY },
  } }, { headers: init.method === 'POST' ? {} : { date: new Date().toUTCString() } }),
}
export const LIVE_DNS = { cname: { 'push.example.com': 'push.example.com.tlivepush.com', 'play.example.com': 'PLAY.example.com.tlivecdn.com.' } }

export const liveCases: Cases = {
  'live.domains': [
    [{}, 'skipped', 'MEDIA is not tencent'],
    [live({}), 'ok', 'push.example.com, play.example.com'],
    [{ env: NO_ENV('TENCENT_PLAY_DOMAIN') }, 'failed', 'TENCENT_PLAY_DOMAIN is not set'],
    [{ env: NO_ENV('TENCENT_PUSH_DOMAIN') }, 'failed', 'TENCENT_PUSH_DOMAIN is not set'],
    [{ env: { ...LIVE_ENV, TENCENT_PLAY_DOMAIN: 'push.example.com' } }, 'failed', 'Both are push.example.com'],
    [{ env: { ...LIVE_ENV, TENCENT_PUSH_DOMAIN: '5000.livepush.myqcloud.com' } }, 'warning', 'for tests'],
  ],
  'live.cname.push': [
    [{}, 'skipped', 'MEDIA is not tencent'],
    [{ env: NO_ENV('TENCENT_PUSH_DOMAIN') }, 'skipped', 'TENCENT_PUSH_DOMAIN is not set'],
    [{ env: { ...LIVE_ENV, TENCENT_PUSH_DOMAIN: '127.0.0.1:1935' } }, 'skipped', 'double'],
    [{ env: { ...LIVE_ENV, TENCENT_PUSH_DOMAIN: '5000.livepush.myqcloud.com' } }, 'ok', 'Tencent\'s own'],
    [live({ dns: LIVE_DNS }), 'ok', '→ push.example.com.tlivepush.com'],
    [live({}), 'unknown', 'DNS cannot be asked'],
    [live({ dns: { isClosed: true } }), 'unknown', 'DNS cannot be asked'],
    [live({ dns: {} }), 'failed', 'push.example.com has no record'],
    [live({ dns: { address: { 'push.example.com': '203.0.113.9' } } }), 'warning', 'resolves to 203.0.113.9'],
    [live({ dns: { cname: { 'push.example.com': 'cdn.other.com' } } }), 'failed', 'not Cloud Live'],
    [live({ dns: { cname: { 'push.example.com': 'x.tlivecdn.com' } } }), 'failed', 'the other kind'],
  ],
  'live.cname.play': [
    [live({ dns: LIVE_DNS }), 'ok', '→ play.example.com.tlivecdn.com'],
    [live({ dns: { cname: { 'play.example.com': 'x.tlivepush.com' } } }), 'failed', 'the other kind'],
  ],
  'live.tls': [
    [{}, 'skipped', 'MEDIA is not tencent'],
    [{ env: NO_ENV('TENCENT_PLAY_DOMAIN') }, 'skipped', 'no play domain'],
    [{ env: { ...LIVE_ENV, TENCENT_PLAY_DOMAIN: '127.0.0.1:9000' } }, 'skipped', 'double'],
    [live({ certificate: {} }), 'ok', 'Good until'],
    [live({}), 'unknown', 'not reachable'],
    [live({ certificate: { validTo: Date.now() - DAY_MS } }), 'failed', 'ran out'],
    [{ env: { ...LIVE_ENV, TENCENT_PLAY_HTTPS: '0' } }, 'warning', 'Played by http'],
  ],
  'live.keys': [
    [{}, 'skipped', 'MEDIA is not tencent'],
    [live({}), 'ok', 'They sign and verify'],
    [{ env: { ...LIVE_ENV, SIGN_ALGORITHM: 'sha256' } }, 'ok', 'SHA256'],
    [{ env: NO_ENV('PLAY_KEY') }, 'failed', 'PLAY_KEY is not set'],
    [{ env: NO_ENV('PUSH_KEY') }, 'failed', 'PUSH_KEY is not set'],
    [{ env: NO_ENV('PUSH_KEY', 'PLAY_KEY') }, 'failed', 'PUSH_KEY and PLAY_KEY are not set'],
  ],
  'live.api': [
    [{}, 'skipped', 'MEDIA is not tencent'],
    [{ env: NO_ENV('TENCENT_PUSH_DOMAIN') }, 'skipped', 'no push domain'],
    [live({ answers: tells({ StreamState: 'inactive' }) }), 'ok', 'The key is good'],
    [{ env: NO_ENV('TENCENT_SECRET_KEY') }, 'failed', 'not both set'],
    [live({ answers: refusal('AuthFailure.SecretIdNotFound') }), 'failed', 'no such key'],
    [live({ answers: refusal('AuthFailure.SignatureFailure') }), 'failed', 'signature is wrong'],
    [live({ answers: refusal('AuthFailure.SignatureExpire') }), 'failed', 'clock is off'],
    [live({ answers: refusal('UnauthorizedOperation.CamNoAuth') }), 'failed', 'Not allowed'],
    [live({ answers: refusal('ResourceNotFound.Domain') }), 'failed', 'no such domain'],
    [live({ answers: refusal('Strange.Thing') }), 'failed', 'Refused: Strange.Thing'],
    [live({}), 'unknown', 'live.tencentcloudapi.com is not reachable'],
  ],
  'live.console': [
    [{}, 'skipped', 'MEDIA is not tencent'],
    [{ env: NO_ENV('TENCENT_PUSH_DOMAIN') }, 'skipped', 'Not both domains'],
    [live({ answers: domains(['push.example.com', 0, 1, 1], ['play.example.com', 1, 1, 1]) }), 'ok', 'right'],
    [live({ answers: domains(['push.example.com', 0, 1, 1]) }), 'failed', 'play.example.com is not there'],
    [live({ answers: domains(['push.example.com', 1, 1, 1], ['play.example.com', 1, 0, 0]) }), 'failed', 'push.example.com should be of the type push; play.example.com is disabled; play.example.com has no CNAME yet'],
    [live({ answers: refusal('InvalidAction') }), 'unknown', 'may not ask'],
    [live({ answers: tells({ DomainList: 'none' }) }), 'unknown', 'cannot be read'],
  ],
  'live.console.keys': [
    [{}, 'skipped', 'MEDIA is not tencent'],
    [{ env: NO_ENV('PUSH_KEY') }, 'skipped', 'Not all'],
    [live({ answers: keysOf(LIVE_ENV.PUSH_KEY, LIVE_ENV.PLAY_KEY) }), 'ok', 'They are the console\'s'],
    [live({ answers: keysOf('another', LIVE_ENV.PLAY_KEY) }), 'failed', 'PUSH_KEY differ'],
    [live({ answers: keysOf('another', 'yet another') }), 'failed', 'PUSH_KEY and PLAY_KEY differ'],
    [live({ answers: keysOf(LIVE_ENV.PUSH_KEY, LIVE_ENV.PLAY_KEY, 0) }), 'warning', '播放鉴权配置'],
    [live({ answers: refusal('UnauthorizedOperation.CamNoAuth') }), 'unknown', 'may not ask'],
  ],
  'live.callback': [
    [{}, 'skipped', 'MEDIA is not tencent'],
    [{ env: NO_ENV('PUBLIC_URL') }, 'skipped', 'Without PUBLIC_URL'],
    [live({ answers: { [CALLBACK]: 403 } }), 'ok', 'refuses what is not signed'],
    [live({}), 'unknown', 'not reachable'],
    [live({ answers: { [CALLBACK]: 404 } }), 'failed', 'is a 404'],
    [live({ answers: { [CALLBACK]: 502 } }), 'failed', 'nobody answers (502)'],
    [live({ answers: { [CALLBACK]: { code: 0 } } }), 'failed', 'took a call that was not signed'],
    [live({ answers: { [CALLBACK]: 301 } }), 'warning', 'answers 301'],
  ],
  'live.webrtc': [
    [{}, 'skipped', 'MEDIA is not tencent'],
    [live({ answers: LIVE_ANSWERS }), 'ok', 'Both answer'],
    [live({}), 'unknown', 'not reachable'],
    [live({ answers: { ...LIVE_ANSWERS, 'https://webrtcpush.tlivewebrtcpush.com/': 500 } }), 'warning', 'answers 500'],
  ],
}
