/** Codes of WeChat's server API, of Tencent Cloud's API, and of the retired room service, which old clients still show. */
import type { Source, Text, Trouble } from './Trouble'
import { text } from './Trouble'

const WECHAT = 'https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html'
const TOKEN = 'https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-access-token/getStableAccessToken.html'
const ROOM_SERVICE = 'https://cloud.tencent.com/document/product/454/73168'
const CLOUD = 'https://cloud.tencent.com/document/api/267/30427'

const SECRET_FIX = text('微信公众平台 → 开发管理 → 开发设置：核对 AppID，重置 AppSecret，填 WECHAT_APPID 和 WECHAT_SECRET；npm run doctor 的 wechat.token 会验证', 'WeChat console → 开发管理 → 开发设置: compare the AppID, reset the AppSecret, set WECHAT_APPID and WECHAT_SECRET; wechat.token of npm run doctor proves them')
const LOGIN_FIX = text('重新打开小程序，会换一个新的 code', 'Open the mini-program again: it gets a new code')

export const weChatTroubles: readonly Trouble[] = [
  of('weChat', WECHAT, [-1], text('微信繁忙', 'WeChat is busy'), [text('微信一侧暂时的', 'A moment of theirs')], [text('稍后再试，服务器会自己重试', 'Wait: the server tries again by itself')]),
  of('weChat', TOKEN, [40001, 40014, 42001], text('access_token 失效', 'The access token holds no longer'), [text('AppSecret 被重置，或别的程序用同一个小程序换了 token', 'The AppSecret was reset, or another program took a token for the same mini-program')], [SECRET_FIX]),
  of('weChat', TOKEN, [40013, 40125, 41002, 41004], text('AppID 或 AppSecret 不对', 'AppID or AppSecret is wrong'), [text('抄错，或属于另一个小程序', 'Copied wrongly, or of another mini-program')], [SECRET_FIX]),
  of('weChat', TOKEN, [40164], text('IP 不在白名单', 'This address is not on the list'), [text('开了 IP 白名单，服务器的出口 IP 不在里面', 'The list of addresses is on, and the server\'s is not on it')], [text('微信公众平台 → 开发管理 → 开发设置 → IP 白名单：加上服务器的出口 IP', 'WeChat console → 开发管理 → 开发设置 → IP 白名单: add the address that the server calls from')]),
  of('weChat', WECHAT, [40029], text('登录 code 无效', 'The login code is none'), [text('code 过期（五分钟）、抄错，或来自另一个 AppID', 'It ran out (five minutes), was cut, or is of another AppID')], [LOGIN_FIX, text('确认构建里的 AppID 与 WECHAT_APPID 相同（doctor 的 wechat.appid）', 'See that the build has the AppID of WECHAT_APPID (wechat.appid in doctor)')]),
  of('weChat', WECHAT, [40163], text('登录 code 用过了', 'The login code was used before'), [text('同一个 code 换了两次', 'The same code was exchanged twice')], [LOGIN_FIX]),
  of('weChat', WECHAT, [40226], text('这个用户被微信拦截', 'WeChat keeps this person out'), [text('高风险账号', 'An account at risk')], [text('请本人在微信里申诉', 'The person appeals to WeChat')]),
  of('weChat', 'https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/subscribe-message.html', [43101], text('用户没有订阅，或次数用完', 'The person did not subscribe, or has used it up'), [text('同意一次只能发一条', 'One yes is one message')], [text('请用户再点一次「开播提醒我」', 'The person taps the reminder again')]),
  of('weChat', WECHAT, [45009, 45011], text('调用太频繁', 'Too many calls'), [text('超过每日或每分钟的上限', 'More than a day or a minute allows')], [text('稍后再试', 'Try again later')]),
  of('weChat', TOKEN, [48001], text('没有这个接口的权限', 'This mini-program may not call that'), [text('没有认证，或类目不符', 'It is not verified, or of another category')], [text('微信公众平台 → 开发管理 → 接口设置：看权限', 'WeChat console → 开发管理 → 接口设置 shows what it may')]),
  of('weChat', 'https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/sec-center/sec-check/msgSecCheck.html', [61010], text('用户两小时内没用过小程序', 'The person has not been here for two hours'), [text('内容检查只认最近访问的人', 'Content checks know recent visitors only')], [text('请用户重新打开小程序', 'The person opens the mini-program again')]),
  of('weChat', 'https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/sec-center/sec-check/msgSecCheck.html', [87014], text('内容有风险', 'The content is risky'), [text('微信的内容安全没有放行', 'WeChat\'s content security did not let it through')], [text('改一改再发', 'Say it in other words')]),
]

export const apiTroubles: readonly Trouble[] = [
  of('cloud', CLOUD, ['AuthFailure.SecretIdNotFound', 'AuthFailure.InvalidSecretId'], text('密钥不存在', 'There is no such key'), [text('SecretId 抄错、被删除或停用', 'The SecretId is wrong, deleted or disabled')], [text('访问管理 → API 密钥管理：核对后填 TENCENT_SECRET_ID', 'Access Management → API 密钥管理: compare, and set TENCENT_SECRET_ID')]),
  of('cloud', CLOUD, ['AuthFailure.SignatureFailure'], text('签名不对', 'The signature is wrong'), [text('SecretKey 与 SecretId 不是一对，或前后有空格', 'SecretKey and SecretId are no pair, or have spaces around')], [text('访问管理 → API 密钥管理：新建一对，填 TENCENT_SECRET_ID 和 TENCENT_SECRET_KEY', 'Access Management → API 密钥管理: make a new pair and set TENCENT_SECRET_ID and TENCENT_SECRET_KEY')]),
  of('cloud', CLOUD, ['AuthFailure.SignatureExpire'], text('签名过期', 'The signature ran out'), [text('服务器的时钟差了五分钟以上', 'The server\'s clock is off by five minutes or more')], [text('timedatectl set-ntp true', 'timedatectl set-ntp true')]),
  of('cloud', CLOUD, ['AuthFailure.UnauthorizedOperation', 'UnauthorizedOperation', 'UnauthorizedOperation.CamNoAuth'], text('没有权限', 'Not allowed'), [text('子账号没有云直播的策略', 'The sub-account has no policy for Cloud Live')], [text('访问管理 → 用户 → 授权：给它 QcloudLIVEFullAccess', 'Access Management → users → 授权: give it QcloudLIVEFullAccess')]),
  of('cloud', CLOUD, ['RequestLimitExceeded', 'RequestLimitExceeded.UinLimitExceeded'], text('调用太频繁', 'Too many calls'), [text('超过接口的频率', 'More than the action allows')], [text('稍等，服务器会自己重试', 'Wait: the server tries again by itself')]),
  of('cloud', CLOUD, ['FailedOperation.NotFound', 'ResourceNotFound', 'InvalidParameter', 'InvalidParameterValue'], text('没有这个域名或流', 'There is no such domain or stream'), [text('域名不属于这个账号，或没有添加', 'The domain is of another account, or was not added')], [text('云直播控制台 → 域名管理：核对 TENCENT_PUSH_DOMAIN 和 TENCENT_PLAY_DOMAIN', 'Cloud Live console → 域名管理: compare TENCENT_PUSH_DOMAIN and TENCENT_PLAY_DOMAIN')]),
]

export const roomServiceTroubles: readonly Trouble[] = [
  old([200100, 200101, 201000, 201001, 201002, 201003, 201004, 201005, 201006], text('请求缺参数或格式不对', 'The request lacks something or cannot be read'), [text('没有先 login，或 roomID、userID 是空的', 'login was not called first, or roomID or userID is empty')], [text('先 login，再调用别的', 'Call login first')]),
  old([202001], text('token 验证失败', 'The token does not verify'), [text('没有登录、token 被新的登录替换，或 token 里的 * 被转义', 'No login, a newer login replaced it, or the * in it was escaped')], [text('重新 login；URL 里的 * 保持原样', 'Log in again; leave the * in the URL as it is')]),
  old([202002, 202003], text('IM 鉴权失败', 'IM did not confirm the login'), [text('SDKAppID 与密钥不配，或 UserSig 过期', 'SDKAppID and key are no pair, or the UserSig ran out')], [text('核对 SDKAppID 和密钥（doctor 的 im.keys、im.api）', 'Compare SDKAppID and key (im.keys and im.api in doctor)')]),
  old([202005], text('应用没有绑定云直播', 'The application has no Cloud Live'), [text('创建应用时没有绑定直播', 'Live was not bound when it was made')], [text('云直播控制台里开通并绑定', 'Open and bind it in the Cloud Live console')]),
  old([202006], text('调用太频繁', 'Too many calls'), [text('每个应用每秒一百次', 'A hundred a second for each application')], [text('稍后再试', 'Try again later')]),
  old([203007], text('主播已满', 'Too many anchors'), [text('一个房间最多四个主播', 'Four in a room at most')], [text('等别人下麦', 'Wait until somebody leaves the stage')]),
  old([203008], text('推流地址不对', 'The push URL is not right'), [text('地址不是服务给的', 'It is not the one that was given out')], [text('用 get_anchor_url 给的地址', 'Use the one of get_anchor_url')]),
  old([203010, 204003], text('已不在房间里', 'Not in the room any more'), [text('心跳超时，房间已清理', 'Heartbeats stopped, and the room was swept')], [text('重新开播或重新进入', 'Go live or enter again')]),
  old([204001], text('拿不到推流地址', 'There is no push URL'), [text('没有开通云直播，或没有推流域名', 'Cloud Live is not open, or there is no push domain')], [text('云直播控制台 → 域名管理：添加推流域名', 'Cloud Live console → 域名管理: add a push domain')]),
  old([204004], text('拿不到加速播放地址', 'There is no play URL'), [
    text('没有自己的播放域名，或它没有 CNAME、没有备案', 'There is no play domain of one\'s own, or it has no CNAME or no ICP filing'),
    text('推流和播放用了同一个域名', 'One domain is used for both push and play'),
    text('云直播没有开通或欠费', 'Cloud Live is not open, or unpaid'),
  ], [
    text('云直播控制台 → 域名管理：添加已备案的播放域名并配置 CNAME', 'Cloud Live console → 域名管理: add a play domain with an ICP filing and set its CNAME'),
    text('npm run doctor，逐项看 live.domains、live.cname.push、live.cname.play、live.tls、live.keys、live.api、live.console', 'Run npm run doctor and see live.domains, live.cname.push, live.cname.play, live.tls, live.keys, live.api and live.console one by one'),
  ]),
  old([205001], text('观众列表已满', 'The audience list is full'), [text('旧服务每个房间只记三十个观众，退出的人不会清掉', 'The old service kept thirty, and never forgot who left')], [text('换房间号；这个服务器没有这个上限', 'Take another room id; this server has no such limit')]),
  old([206000, 206001, 206002], text('心跳失败', 'The heartbeat failed'), [text('人已不在房间，或服务暂时不可用', 'Not in the room any more, or the service was away')], [text('重新进入房间', 'Enter the room again')]),
  old([207002], text('混流失败', 'Mixing failed'), [text('参与混流的流还没有推上来', 'A stream of the mix was not there yet')], [text('稍等再试，客人的画面出来后会自动重试', 'Wait: it is tried again when the guest\'s picture has come')]),
]

function of(source: Source, doc: string, codes: Trouble['codes'], meaning: Text, causes: readonly Text[], fixes: readonly Text[]): Trouble {
  return { source, codes, meaning, causes, fixes, doc }
}

function old(codes: readonly number[], meaning: Text, causes: readonly Text[], fixes: readonly Text[]): Trouble {
  return of('roomService', ROOM_SERVICE, codes, meaning, causes, fixes)
}
