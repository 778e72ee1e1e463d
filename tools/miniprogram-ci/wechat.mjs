// One job for WeChat's compiler and uploader, in a process of its own: it forks workers that would never end by themselves.
//   node wechat.mjs '{"action":"check"|"preview"|"upload", …}'     the job is described in scripts/lib/miniProgram/runWeChat.mjs
// The last line is `DONE <json>` or `FAILED <message>`; what comes before is miniprogram-ci's own talk.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import process from 'node:process'

const require = createRequire(import.meta.url)
const ci = require('miniprogram-ci')

/** Nothing listens there: a check asks nobody. */
const NO_PROXY = 'http://127.0.0.1:9'

/** What WeChat would answer for an account: only these limits and none of the special kinds. */
const ACCOUNT = { platform: false, appType: 0, isSandbox: false, released: false, gameApp: false, setting: { MaxCodeSize: 2, MaxSubpackageSubCodeSize: 2, MaxSubpackageFullCodeSize: 30 } }

/** To ES5 for old phones, and everything as small as it gets; only who makes WXML smaller reads it. */
const setting = { es6: true, minify: true, autoPrefixWXSS: true }
function onProgressUpdate() {}

const actions = {
  async check({ projectPath, appid }) {
    ci.proxy(NO_PROXY)
    const project = new ci.Project({ appid, type: 'miniProgram', projectPath, privateKey: 'not needed', attr: async () => ACCOUNT })
    return { packages: sizesOf(await ci.getCompiledResult({ project, version: '0.0.1', setting, onProgressUpdate })) }
  },

  async preview({ desc, robot, page, query, image, ...account }) {
    const { subPackageInfo } = await ci.preview({ project: projectOf(account), desc, robot, pagePath: page, searchQuery: query, setting, onProgressUpdate, qrcodeFormat: 'image', qrcodeOutputDest: image })
    return { packages: subPackageInfo, qrCode: await drawn(image) }
  },

  async upload({ version, desc, robot, ...account }) {
    const { subPackageInfo } = await ci.upload({ project: projectOf(account), version, desc, robot, setting, onProgressUpdate })
    return { packages: subPackageInfo }
  },
}

const { action, ...job } = JSON.parse(process.argv[2])
const end = (code, line) => process.stdout.write(`\n${line}\n`, () => process.exit(code))
actions[action](job).then(
  result => end(0, `DONE ${JSON.stringify(result)}`),
  error => end(1, `FAILED ${String(error?.message ?? error).replaceAll('\n', ' ')}`),
)

function projectOf({ appid, projectPath, privateKeyPath }) {
  return new ci.Project({ appid, type: 'miniProgram', projectPath, privateKeyPath })
}

/** Bytes by package, in the shape and with the names that WeChat's server answers. */
function sizesOf(files) {
  const roots = (JSON.parse(files['app.json']).subPackages ?? []).map(({ root }) => `${root.replace(/\/$/, '')}/`)
  const sizes = new Map([['__APP__', 0], ...roots.map(root => [root, 0])])
  for (const [file, content] of Object.entries(files).filter(([file]) => file !== 'project.config.json')) {
    const name = roots.find(root => file.startsWith(root)) ?? '__APP__'
    sizes.set(name, sizes.get(name) + Buffer.byteLength(content))
  }
  return [...sizes].map(([name, size]) => ({ name, size }))
}

/** The QR code for a terminal; without it the picture is still there. */
async function drawn(image) {
  const { generateTerminalQrcode } = require('miniprogram-ci/dist/ci/utils/terminalQrcode')
  return generateTerminalQrcode(fs.readFileSync(image).toString('base64')).catch(() => undefined)
}
