/** When WeChat's live components are missing, and what stands in for them. */
export const simulator = {
  'card.title': '还没有直播组件',
  'card.body': '推流和播放要用 live-pusher、live-player，微信还没有给这个小程序。三样缺一不可：',
  'card.body.devTools': '开发者工具里没有 live-pusher、live-player。手机上要有它们，三样缺一不可：',
  'card.subject': '非个人主体：企业、政府、媒体等',
  'card.category': '符合的类目，如「社交 › 直播」',
  'card.switch': '「接口设置」里打开两个音视频开关',
  'card.copy': '复制文档地址',
  'card.simulate': '用模拟画面继续',
  'mark': '模拟画面',
  'you': '你',
  'none': '恢复',
  'weak': '弱网',
  'lost': '断线',
  'call': '来电',
  'off': '关闭模拟',
}
