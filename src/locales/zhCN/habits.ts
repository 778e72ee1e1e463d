/** What people know from WeChat: its privacy guide, sharing, the poster, the small window. */
export const habits = {
  'privacy.title': '先看一眼隐私保护指引',
  'privacy.body': '使用摄像头和麦克风之前，微信要求你阅读并同意它。',
  'privacy.agree': '同意并继续',
  'privacy.refuse': '拒绝',
}
