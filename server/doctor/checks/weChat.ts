/** WeChat: who the mini-program is, whether WeChat knows this server, and what only its console shows. */
import type { Check } from '../Check'
import * as v from 'valibot'
import { ask, notReachable, readJson } from '../ask'
import { explain } from '../explain'
import { failed, ok, skipped, text, unknown, warning } from '../Finding'
import { lookAtCallback } from '../lookAtCallback'
import { PAGES } from '../pages'

const NO_WECHAT = skipped('没有填小程序的 AppID', 'No AppID of a mini-program is set')
const Manifest = v.object({ 'mp-weixin': v.object({ appid: v.string() }) })
const TEMPLATE = /^[\w-]{43}$/

const appId: Check = {
  id: 'wechat.appid',
  area: 'weChat',
  title: text('AppID', 'AppID'),
  why: text('构建里的 AppID 与服务器的不同，登录会是 40029', 'If the build has another one than the server, logging in is answered with 40029'),
  doc: PAGES.weChat,
  variables: ['WECHAT_APPID'],
  look({ machine, settings: { given, values: { WECHAT_APPID } } }) {
    const fix = text('微信公众平台 → 开发管理 → 开发设置：复制 AppID，填 WECHAT_APPID', 'WeChat console → 开发管理 → 开发设置: copy the AppID and set WECHAT_APPID')
    if (WECHAT_APPID === undefined)
      return given.includes('WECHAT_APPID') ? failed(text('不是 wx 加 16 位十六进制', 'It is not "wx" and 16 hexadecimal digits'), fix) : NO_WECHAT
    const inManifest = manifestAppId(machine.read('manifest.json'))
    return inManifest === undefined || inManifest === 'touristappid' || inManifest === '' || inManifest === WECHAT_APPID
      ? ok(WECHAT_APPID, WECHAT_APPID)
      : warning(text(`manifest.json 里是另一个：${inManifest}`, `manifest.json has another one: ${inManifest}`), text('改成同一个，再构建', 'Make them the same and build again'))
  },
}

const token: Check = {
  id: 'wechat.token',
  area: 'weChat',
  title: text('AppSecret 与 access_token', 'AppSecret and access_token'),
  why: text('微信登录、内容检查、小程序码和提醒都靠它', 'Logging in, content checks, codes and reminders need it'),
  doc: PAGES.accessToken,
  variables: ['WECHAT_APPID', 'WECHAT_SECRET', 'WECHAT_API_URL'],
  async look(world) {
    const { WECHAT_API_URL, WECHAT_APPID: appid, WECHAT_SECRET: secret } = world.settings.values
    if (appid === undefined || secret === undefined)
      return skipped('没有填 AppID 和 AppSecret，微信用户以访客身份进入', 'AppID and AppSecret are not both set: WeChat\'s people come as guests')
    // The stable token: asking for it takes the running server's away from nobody.
    const answer = await ask(world, `${WECHAT_API_URL}/cgi-bin/stable_token`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ grant_type: 'client_credential', appid, secret }) })
    const body = answer && readJson(answer)
    if (body === undefined)
      return notReachable(WECHAT_API_URL)
    if (typeof body.access_token === 'string')
      return ok('拿到了', 'WeChat gives one')
    return typeof body.errcode === 'number' ? explain('weChat', body.errcode) : unknown(text('回答看不懂', 'The answer cannot be read'))
  },
}

const messagePush: Check = {
  id: 'wechat.push',
  area: 'weChat',
  title: text('消息推送', 'Message push'),
  why: text('图片检查的结果由它送来', 'Verdicts about pictures come by it'),
  doc: PAGES.messagePush,
  variables: ['WECHAT_MESSAGE_TOKEN', 'PUBLIC_URL'],
  look(world) {
    const { WECHAT_CONTENT_CHECK, WECHAT_MESSAGE_TOKEN, WECHAT_SECRET } = world.settings.values
    if (WECHAT_SECRET === undefined || (!WECHAT_CONTENT_CHECK && WECHAT_MESSAGE_TOKEN === undefined))
      return skipped('没有用微信的内容检查', 'WeChat\'s content checks are not used')
    if (WECHAT_MESSAGE_TOKEN === undefined)
      return warning(text('检查图片，却收不到结果', 'Pictures are checked, and no verdict arrives'), text('微信公众平台 → 开发管理 → 消息推送：地址填 <PUBLIC_URL>/callbacks/wechat，明文、JSON，Token 填到 WECHAT_MESSAGE_TOKEN', 'WeChat console → 开发管理 → 消息推送: <PUBLIC_URL>/callbacks/wechat, plain text, JSON, and set WECHAT_MESSAGE_TOKEN to its Token'))
    return lookAtCallback(world, '/callbacks/wechat', 'signature=none&timestamp=0&nonce=none')
  },
}

const template: Check = {
  id: 'wechat.template',
  area: 'weChat',
  title: text('开播提醒的模板', 'Template of reminders'),
  why: text('没有模板，「开播提醒我」的按钮不出现', 'Without one there is no button to be reminded'),
  doc: PAGES.subscribe,
  variables: ['VITE_WX_TEMPLATE_LIVE', 'WECHAT_SECRET'],
  look({ settings: { values: { VITE_WX_TEMPLATE_LIVE: id, WECHAT_SECRET } } }) {
    if (id === undefined)
      return skipped('没有设置', 'None is set')
    if (!TEMPLATE.test(id))
      return failed(text('模板 ID 应是 43 个字符', 'The id of a template has 43 characters'), text('微信公众平台 → 功能 → 订阅消息 → 我的模板：复制模板 ID，然后重新构建', 'WeChat console → 功能 → 订阅消息 → 我的模板: copy its id, and build again'))
    return WECHAT_SECRET === undefined
      ? warning(text('有模板，但没有 WECHAT_SECRET，发不出去', 'There is a template and no WECHAT_SECRET: nothing can be sent'), text('设 WECHAT_APPID 和 WECHAT_SECRET', 'Set WECHAT_APPID and WECHAT_SECRET'))
      : ok('设置了', 'Set')
  },
}

const category = reminder('wechat.category', text('主体与类目', 'Subject and category'), text('个人主体和别的类目打不开两个直播标签', 'Persons and other categories are not given the live tags'), PAGES.livePusher, text('微信公众平台 → 设置 → 基本设置 → 服务类目：社交-直播、教育-在线视频课程等（docs/WECHAT.md 有全表）', 'WeChat console → 设置 → 基本设置 → 服务类目: social live, online courses and others (the whole table is in docs/WECHAT.md)'))
const tags = reminder('wechat.tags', text('live-pusher 与 live-player', 'live-pusher and live-player'), text('没有开通，手机上是黑屏，也不报错', 'Unless they are on, phones show nothing and say nothing'), PAGES.livePlayer, text('微信公众平台 → 开发管理 → 接口设置：打开「实时播放音视频流」和「实时录制音视频流」', 'WeChat console → 开发管理 → 接口设置: switch on 实时播放音视频流 and 实时录制音视频流'))
const privacy = reminder('wechat.privacy', text('用户隐私保护指引', 'Privacy guide'), text('没写摄像头和麦克风，授权会直接失败', 'Unless it names camera and microphone, asking for them fails'), PAGES.privacy, text('微信公众平台 → 设置 → 基本设置 → 用户隐私保护指引：写明摄像头、麦克风、相册、剪切板', 'WeChat console → 设置 → 基本设置 → 用户隐私保护指引: name camera, microphone, album and clipboard'))

export const weChatChecks: readonly Check[] = [appId, token, messagePush, template, category, tags, privacy]

/** What no program can ask: a line for a person to go through. */
function reminder(id: string, title: Check['title'], why: Check['why'], doc: string, fix: Check['title']): Check {
  return {
    id,
    area: 'weChat',
    title,
    why,
    doc,
    variables: [],
    look: ({ settings: { values } }) => values.WECHAT_APPID === undefined ? NO_WECHAT : unknown(text('只能在控制台里看', 'Only the console shows it'), fix),
  }
}

function manifestAppId(manifest: string | undefined): string | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Manifest), manifest?.replace(/^\s*\/\/.*$/gm, ''))
  return parsed.success ? parsed.output['mp-weixin'].appid : undefined
}
