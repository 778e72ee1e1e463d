const UPLOAD_SETTINGS = 'https://mp.weixin.qq.com, 开发管理 → 开发设置 → 小程序代码上传'

/** What WeChat's uploader says → what the person can do. Codes: https://developers.weixin.qq.com/miniprogram/dev/devtools/ci.html */
const REASONS = [
  [/-10008|invalid ip/i, message => `WeChat takes uploads only from addresses on its list: add ${/invalid ip:?\s*([\d.]+|[\da-f:]+)/i.exec(message)?.[1] ?? 'this machine\'s'} to the IP 白名单 (${UPLOAD_SETTINGS}), or switch the list off there.`],
  [/-80011|get new ticket fail|signature|privateEncrypt/i, () => `WeChat does not take the upload key: it was reset, or is another mini-program's. Download it again (${UPLOAD_SETTINGS}) and set WECHAT_CI_KEY.`],
  [/\b4(?:1002|0013)\b|invalid appid|appid missing/i, () => 'WeChat does not know this AppID for uploads. Check WECHAT_APPID; an AppID for tests (测试号) cannot upload.'],
  [/\b80051\b|exceed.*(?:max|limit)/i, () => 'A package is larger than WeChat allows: 2 MB for the main one and for each subpackage.'],
  [/(ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH)/, (_, [code]) => `WeChat's servers cannot be reached from here (${code}). Check the connection; behind a proxy set HTTPS_PROXY.`],
]

/** One sentence about why WeChat's compiler or server said no. */
export function explainRefusal(message) {
  for (const [pattern, say] of REASONS) {
    const found = pattern.exec(message)
    if (found)
      return say(message, found)
  }
  return `WeChat refused the build: ${message}`
}
