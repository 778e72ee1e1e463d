import type { Cases } from './Cases'

const APPID = { WECHAT_APPID: 'wx0123456789abcdef' }
export const WECHAT_ENV = { ...APPID, WECHAT_SECRET: '0f1e2d3c4b5a69788796a5b4c3d2e1f0', PUBLIC_URL: 'https://live.example.com', VITE_SERVER_URL: 'https://live.example.com' }
const TOKEN = 'https://api.weixin.qq.com/cgi-bin/stable_token'
const TEMPLATE = 'a'.repeat(43)
const manifest = (appid: string) => ({ read: (name: string) => name === 'manifest.json' ? `{\n  // of the mini-program\n  "mp-weixin": { "appid": "${appid}" }\n}` : undefined })
const built = (...texts: string[]) => ({ miniProgram: () => texts })
const ONLY_CONSOLE: Cases[string] = [[{}, 'skipped', 'No AppID'], [{ env: APPID }, 'unknown', 'Only the console']]

export const WECHAT_ANSWERS = { [TOKEN]: { access_token: 'a-token-of-wechat', expires_in: 7200 } }

export const weChatCases: Cases = {
  'wechat.appid': [
    [{}, 'skipped', 'No AppID'],
    [{ env: APPID }, 'ok', 'wx0123456789abcdef'],
    [{ env: APPID, machine: manifest('touristappid') }, 'ok', 'wx0123456789abcdef'],
    [{ env: { WECHAT_APPID: 'wx123' } }, 'failed', '16 hexadecimal'],
    [{ env: APPID, machine: manifest('wxffffffffffffffff') }, 'warning', 'wxffffffffffffffff'],
  ],
  'wechat.token': [
    [{ env: APPID }, 'skipped', 'not both set'],
    [{ env: WECHAT_ENV, answers: WECHAT_ANSWERS }, 'ok', 'WeChat gives one'],
    [{ env: WECHAT_ENV, answers: { [TOKEN]: { errcode: 40_125, errmsg: 'not repeated' } } }, 'failed', '40125: AppID or AppSecret is wrong'],
    [{ env: WECHAT_ENV, answers: { [TOKEN]: { errcode: 40_164, errmsg: 'not repeated' } } }, 'failed', 'not on the list'],
    [{ env: WECHAT_ENV, answers: { [TOKEN]: {} } }, 'unknown', 'cannot be read'],
    [{ env: WECHAT_ENV }, 'unknown', 'api.weixin.qq.com is not reachable'],
  ],
  'wechat.push': [
    [{}, 'skipped', 'not used'],
    [{ env: { ...WECHAT_ENV, WECHAT_CONTENT_CHECK: '1' } }, 'warning', 'no verdict arrives'],
    [{ env: { ...WECHAT_ENV, WECHAT_MESSAGE_TOKEN: 'push-7a3f' }, answers: { 'https://live.example.com/callbacks/wechat': 403 } }, 'ok', 'refuses'],
    [{ env: { ...WECHAT_ENV, WECHAT_MESSAGE_TOKEN: 'push-7a3f' }, answers: { 'https://live.example.com/': 404 } }, 'failed', 'is a 404'],
  ],
  'wechat.template': [
    [{}, 'skipped', 'None is set'],
    [{ env: { ...WECHAT_ENV, VITE_WX_TEMPLATE_LIVE: TEMPLATE } }, 'ok', 'Set'],
    [{ env: { VITE_WX_TEMPLATE_LIVE: TEMPLATE } }, 'warning', 'no WECHAT_SECRET'],
    [{ env: { VITE_WX_TEMPLATE_LIVE: 'short' } }, 'failed', '43 characters'],
  ],
  'wechat.category': ONLY_CONSOLE,
  'wechat.tags': ONLY_CONSOLE,
  'wechat.privacy': ONLY_CONSOLE,
  'wechat.domains': [
    [{}, 'skipped', 'No AppID'],
    [{ env: APPID }, 'skipped', 'Neither'],
    [{ env: WECHAT_ENV }, 'ok', 'request: https://live.example.com\nsocket: wss://live.example.com\nuploadFile: —\ndownloadFile: https://live.example.com'],
    [{ env: { ...WECHAT_ENV, IM: 'tencent', TENCENT_SDK_APP_ID: '1400000000' } }, 'ok', 'socket: wss://live.example.com wss://wss.im.qcloud.com wss://wss.tim.qq.com'],
    [{ env: { ...APPID, VITE_SERVER_URL: 'http://192.168.1.20:8080' } }, 'skipped', 'trying out'],
    [{ env: { ...APPID, PUBLIC_URL: 'http://live.example.com' } }, 'failed', 'WeChat does not take http://live.example.com, ws://live.example.com'],
    [{ env: { ...APPID, NODE_ENV: 'production', VITE_SERVER_URL: 'http://192.168.1.20:8080' } }, 'failed', 'WeChat does not take http://192.168.1.20:8080, ws://192.168.1.20:8080'],
  ],
  'wechat.build': [
    [{ env: WECHAT_ENV }, 'skipped', 'not built'],
    [{ machine: built('') }, 'skipped', 'No AppID'],
    [{ env: { ...WECHAT_ENV, VITE_SERVER_URL: 'http://127.0.0.1:8080' }, machine: built('') }, 'skipped', 'trying out'],
    [{ env: WECHAT_ENV, machine: built('a="https://live.example.com"', 'b="wss://wssusa.im.qcloud.com",c="http://www.w3.org/2000/svg"') }, 'ok', 'All are on the lists'],
    [{ env: WECHAT_ENV, machine: built('a="http://127.0.0.1:8080"') }, 'failed', 'does not have https://live.example.com but http://127.0.0.1:8080'],
    [{ env: { ...WECHAT_ENV, VITE_SERVER_URL: 'https://old.example.com' }, machine: built('') }, 'failed', 'VITE_SERVER_URL is https://old.example.com'],
    [{ env: WECHAT_ENV, machine: built('a="https://live.example.com",b="https://track.example.org"') }, 'warning', 'Not on the lists: https://track.example.org'],
  ],
}
