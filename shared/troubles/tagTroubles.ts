/** Numbers of live-pusher and live-player. */
import type { Text, Trouble } from './Trouble'
import { BRIEF_TROUBLES } from './briefTroubles'
import { text } from './Trouble'

const PUSHER = 'https://developers.weixin.qq.com/miniprogram/dev/component/live-pusher.html'
const PLAYER = 'https://developers.weixin.qq.com/miniprogram/dev/component/live-player.html'

export const tagTroubles: readonly Trouble[] = [
  known(-1301, PUSHER, [text('别的应用正在用摄像头', 'Another app has the camera')], [text('在系统设置里确认微信有摄像头权限', 'See that WeChat may use the camera in the system settings')]),
  known(-1302, PUSHER, [text('正在通话，或别的应用正在录音', 'A call, or another app that records')], [text('在系统设置里确认微信有麦克风权限', 'See that WeChat may use the microphone in the system settings')]),
  {
    source: 'tag',
    codes: [-1303, -1304, -1305, -1306],
    meaning: text('编码器、分辨率或采样率不支持', 'Encoder, resolution or sample rate is not supported'),
    causes: [text('手机的硬件编码器被占用或不支持', 'The phone\'s encoder is taken, or cannot do it')],
    fixes: [text('降低清晰度', 'Choose a lower quality'), text('换一台手机确认', 'See whether another phone can')],
    doc: PUSHER,
  },
  known(-1307, PUSHER, [
    text('手机到不了推流的 1935 端口', 'The phone does not reach port 1935'),
    text('推流域名没有 CNAME，或证书、签名不对', 'The push domain has no CNAME, or the signature is wrong'),
    text('推流地址过期', 'The address ran out'),
  ], [text('放行 RTMP_PORT；用云直播时跑 npm run doctor，看 live.cname.push 和 live.keys', 'Open RTMP_PORT; with Cloud Live run npm run doctor and see live.cname.push and live.keys')]),
  known(-1311, PUSHER, [text('安卓没有把麦克风给微信', 'Android does not give WeChat the microphone')], []),
  known(-2301, PLAYER, [
    text('没有人在推流', 'Nobody publishes'),
    text('播放域名没有 CNAME 或证书不对', 'The play domain has no CNAME, or its certificate is not right'),
    text('播放鉴权的 KEY 与 PLAY_KEY 不同', 'The key of the play domain is not PLAY_KEY'),
    text('反向代理缓冲了 /live/', 'The proxy buffers /live/'),
  ], [text('npm run doctor，看 live.cname.play、live.tls 和 live.keys', 'Run npm run doctor and see live.cname.play, live.tls and live.keys')]),
  {
    source: 'tag',
    codes: [-2302],
    meaning: text('拿不到低延时播放地址', 'There is no low-latency address'),
    causes: [text('播放地址没有签名，或没有开通', 'The address is not signed, or the service is off')],
    fixes: [text('同 −2301', 'As for −2301')],
    doc: PLAYER,
  },
  {
    source: 'tag',
    codes: [2006],
    meaning: text('流结束了', 'The stream ended'),
    causes: [text('主播停了或断了', 'The anchor stopped, or dropped')],
    fixes: [text('等：主播一分钟内回来会继续', 'Wait: it goes on if the anchor returns within a minute')],
    doc: PLAYER,
  },
  known(3001, PUSHER, [text('域名写错或没有解析', 'The domain is misspelt, or has no record')], [text('看 PUBLIC_URL 和 DNS；用云直播时看 live.cname.push、live.cname.play', 'See PUBLIC_URL and DNS; with Cloud Live live.cname.push and live.cname.play')]),
  known(3002, PUSHER, [text('端口没有放行，或地址是手机到不了的 127.0.0.1', 'The port is closed, or the address is 127.0.0.1')], [text('放行端口；PUBLIC_URL 用手机能到的地址', 'Open the port; set PUBLIC_URL to what phones reach')]),
  known(3003, PUSHER, [text('那个端口上不是 RTMP 服务，或中间的代理不懂 RTMP', 'That port does not speak RTMP, or a proxy between does not')], [text('RTMP 不要经过 HTTP 代理', 'Do not send RTMP through an HTTP proxy')]),
  known(3004, PUSHER, [text('签名不对或过期：密钥换过，或服务器的时钟不准', 'The signature is wrong or ran out: a key changed, or the server\'s clock is off'), text('同一个人在别处开播', 'The same person publishes elsewhere')], [text('npm run doctor，看 clock 和 live.keys', 'Run npm run doctor and see clock and live.keys')]),
  known(3005, PUSHER, [text('网络中途断了', 'The network broke')], [text('只在一种网络上出现，多半是运营商或防火墙', 'On one network only it is mostly the carrier or a firewall')]),
  {
    source: 'tag',
    codes: [5000],
    meaning: text('推流被系统挂起', 'The system suspended publishing'),
    causes: [text('切到后台、锁屏', 'The app went to the background, or the screen was locked')],
    fixes: [text('回到前台，会自动恢复', 'Come back: it goes on by itself')],
    doc: PUSHER,
  },
  {
    source: 'tag',
    codes: [5001],
    meaning: text('被通话打断', 'A call came'),
    causes: [text('电话或微信通话', 'By phone or in WeChat')],
    fixes: [text('挂断后自动恢复', 'It goes on after the call')],
    doc: PUSHER,
  },
  {
    source: 'tag',
    codes: [10001, 10002],
    meaning: text('用户没给摄像头、麦克风权限', 'The person did not allow camera or microphone'),
    causes: [text('拒绝过，或系统没有把权限给微信', 'Refused before, or the system does not give them to WeChat')],
    fixes: [text('点卡片上的「去设置」', 'Tap Settings on the card'), text('在系统设置里给微信权限', 'Give WeChat the permission in the system settings')],
    doc: PUSHER,
  },
]

function known(code: number, doc: string, causes: readonly Text[], more: readonly Text[]): Trouble {
  const { meaning, fix } = BRIEF_TROUBLES[code]
  return { source: 'tag', codes: [code], meaning, causes, fixes: [fix, ...more], doc }
}
