/** The list of rooms. */
export const home = {
  'title': '正在直播',
  'tagline': '打开摄像头，一起连麦',
  'goLive': '开播',
  'me': '我的',
  'viewers': '{count} 人在看',
  'demo': '演示',
  'interrupted': '暂时离开',
  'enter': '进入{anchor}的直播间：{title}',
  'empty.title': '现在还没有人开播',
  'empty.body': '来当第一位主播，或者用 OBS、ffmpeg 推一路画面过来。',
  'empty.action': '我来开播',
  'stale': '没能刷新，显示的是刚才的列表',
  'offline': '网络断开了，恢复后会自动刷新',
  'more.failed': '下一页没能加载，点击重试',
  'end': '没有更多了',
  'refreshing': '正在刷新',
}
