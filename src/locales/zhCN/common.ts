/** Words that every screen may use. */
export const common = {
  'appName': '连麦',
  'retry': '重试',
  'cancel': '取消',
  'close': '关闭',
  'back': '返回',
  'save': '保存',
  'saved': '已保存',
  'copied': '已复制',
  'loading': '加载中',
  'loadFailed': '没能加载出来',
  'account.title': '登录后才能进入',
  'account.body': '这里只对有账号的人开放。请从你平时登录的网站或小程序进来，再试一次。',
  'live': '直播中',
  'network.good': '网络良好',
  'network.weak': '网络较弱',
  'network.bad': '网络很差',
}
