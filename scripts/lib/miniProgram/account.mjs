import { createPrivateKey } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Problem } from '../problem.mjs'
import { inRoot } from '../root.mjs'

/** Where both are found: AppID and, a little below it, the upload key. */
const CONSOLE = 'https://mp.weixin.qq.com, 开发管理 → 开发设置'

/** WECHAT_APPID, else the AppID in manifest.json unless it is still the one for guests. */
export function appIdOf({ WECHAT_APPID }) {
  const { 'mp-weixin': { appid: inManifest } } = JSON.parse(fs.readFileSync(inRoot('manifest.json'), 'utf8'))
  const appid = WECHAT_APPID || inManifest
  if (!appid || appid === 'touristappid')
    throw new Problem(`Set WECHAT_APPID to the AppID of your mini-program (${CONSOLE}); the guest's AppID can neither preview on a phone nor upload.`)
  if (!/^wx[0-9a-f]{16}$/.test(appid))
    throw new Problem(`"${appid}" is no AppID: it is "wx" and 16 digits or letters a to f. Copy it from ${CONSOLE}.`)
  return appid
}

/** WECHAT_CI_KEY, relative to the repository, as an absolute path to a key that looks right. */
export function privateKeyPathOf({ WECHAT_CI_KEY }, appid) {
  const how = `Download the upload key from ${CONSOLE} → 小程序代码上传`
  if (!WECHAT_CI_KEY)
    throw new Problem(`Set WECHAT_CI_KEY to the path of your upload key. ${how}.`)
  const file = path.resolve(inRoot(), WECHAT_CI_KEY)
  if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new Problem(`WECHAT_CI_KEY names ${file}, which is not a file. ${how} and set the path.`)
  // WeChat names the file private.<AppID>.key.
  const [named] = /wx[0-9a-f]{16}/.exec(path.basename(file)) ?? []
  if (named && named !== appid)
    throw new Problem(`The upload key ${path.basename(file)} belongs to ${named}, but the AppID is ${appid}. Set WECHAT_APPID and WECHAT_CI_KEY to those of one mini-program.`)
  if (!isRsaKey(file))
    throw new Problem(`${file} holds no RSA private key. ${how}, not the AppSecret, and leave the file as it is.`)
  return file
}

function isRsaKey(file) {
  try {
    return createPrivateKey(fs.readFileSync(file)).asymmetricKeyType === 'rsa'
  }
  catch {
    return false
  }
}
