/** The troubles that a person meets in the app: what happened, and the first thing to do. Small: it travels in the mini-program. */
import type { Text } from './Trouble'

export interface BriefTrouble {
  readonly meaning: Text
  readonly fix: Text
}

const brief = (meaningZh: string, meaningEn: string, fixZh: string, fixEn: string): BriefTrouble => ({ meaning: { zh: meaningZh, en: meaningEn }, fix: { zh: fixZh, en: fixEn } })

/** Of the live tags of WeChat, by their number. */
export const BRIEF_TROUBLES: Readonly<Record<string, BriefTrouble>> = {
  '-1301': brief('摄像头打不开', 'The camera does not open', '关掉占用摄像头的应用，再重启微信', 'Close other apps that use the camera, then restart WeChat'),
  '-1302': brief('麦克风打不开', 'The microphone does not open', '结束通话或录音，再重启微信', 'End calls and recordings, then restart WeChat'),
  '-1307': brief('重试后仍推不上去', 'Publishing failed after several tries', '换 Wi-Fi 或移动网络再试', 'Try another network, Wi-Fi or mobile'),
  '-1311': brief('录到的全是静音', 'Only silence is recorded', '在系统设置里给微信麦克风权限', 'Give WeChat the microphone in the system settings'),
  '-2301': brief('重试后仍播放不了', 'Playing failed after several tries', '换 Wi-Fi 或移动网络再试', 'Try another network, Wi-Fi or mobile'),
  '3001': brief('找不到服务器', 'The server\'s name is not found', '换一个网络；都不行就告诉管理员', 'Try another network; if none works tell the operator'),
  '3002': brief('连不上服务器', 'The server takes no connection', '换一个网络；公司 Wi-Fi 常拦截直播', 'Try another network: office Wi-Fi often blocks live streams'),
  '3003': brief('握手失败', 'The server does not answer properly', '换一个网络；都不行就告诉管理员', 'Try another network; if none works tell the operator'),
  '3004': brief('服务器断开了连接', 'The server closed the connection', '退出房间再进，换一个新的地址', 'Leave the room and come back for a fresh address'),
  '3005': brief('传输中断', 'The connection broke', '靠近路由器，或换一个网络', 'Move closer to the router, or try another network'),
}
