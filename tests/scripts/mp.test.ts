import { generateKeyPairSync } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { explainRefusal } from '../../scripts/lib/miniProgram/explainRefusal.mjs'
import { checkSizes, sizesInWords } from '../../scripts/lib/miniProgram/sizes.mjs'
import { createFreshTree, STACK_TRACE } from './freshTree'

const APPID = 'wx0123456789abcdef'
const KEY = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs1', format: 'pem' }) as string
const NOTHING_TO_INSTALL = '{"packages":{}}'

/** Echoes its job. */
const WECHAT = 'console.log("chatter\\nDONE " + JSON.stringify({ packages: [{ name: "__APP__", size: 2048 }], qrCode: "▄▀", job: process.argv[2] }))'

const GOOD = { WECHAT_APPID: APPID, WECHAT_CI_KEY: `private.${APPID}.key`, WECHAT_CI_ROBOT: '', VITE_SERVER_URL: 'https://live.example.com' }

let tree: ReturnType<typeof createFreshTree>
beforeEach(() => {
  tree = createFreshTree()
  tree.write('manifest.json', '{"mp-weixin":{"appid":"touristappid"}}')
  tree.write(GOOD.WECHAT_CI_KEY, KEY)
  tree.write('secret.txt', '0123456789abcdef0123456789abcdef')
  tree.write('private.wxfedcba9876543210.key', KEY)
  for (const folder of ['', 'tools/miniprogram-ci/']) {
    tree.write(`${folder}package-lock.json`, NOTHING_TO_INSTALL)
    tree.write(`${folder}node_modules/.package-lock.json`, NOTHING_TO_INSTALL)
  }
  tree.write('tools/miniprogram-ci/wechat.mjs', WECHAT)
  tree.write('scripts/uni.mjs', `
    import fs from 'node:fs'
    fs.mkdirSync('unpackage/dist/build/mp-weixin', { recursive: true })
    fs.writeFileSync('unpackage/dist/build/mp-weixin/app.json', process.env.VITE_SERVER_URL ?? '')
  `)
})
afterEach(() => tree.remove())

const mp = (args: string[], env: NodeJS.ProcessEnv = {}) => tree.node(['scripts/mp.mjs', ...args], { ...GOOD, ...env })

/** What WeChat's tool would have been asked to do. */
function jobOf(args: string[], env: NodeJS.ProcessEnv = {}) {
  tree.write('tools/miniprogram-ci/wechat.mjs', `import fs from 'node:fs'\nfs.writeFileSync(new URL('../../job.json', import.meta.url), process.argv[2])\n${WECHAT}`)
  expect(mp(args, env).status).toBe(0)
  return JSON.parse(fs.readFileSync(path.join(tree.path, 'job.json'), 'utf8'))
}

describe('before the long work begins', () => {
  it.each<[string, string[], NodeJS.ProcessEnv, RegExp]>([
    ['no AppID', ['preview'], { WECHAT_APPID: '' }, /Set WECHAT_APPID to the AppID of your mini-program/],
    ['the guest\'s AppID', ['upload'], { WECHAT_APPID: 'touristappid' }, /Set WECHAT_APPID/],
    ['what is no AppID', ['upload'], { WECHAT_APPID: 'wx123' }, /"wx123" is no AppID/],
    ['no key', ['preview'], { WECHAT_CI_KEY: '' }, /Set WECHAT_CI_KEY to the path of your upload key/],
    ['a key that is not there', ['upload'], { WECHAT_CI_KEY: 'nowhere.key' }, /WECHAT_CI_KEY names \S+nowhere\.key, which is not a file/],
    ['the AppSecret in the key\'s place', ['upload'], { WECHAT_CI_KEY: 'secret.txt' }, /secret\.txt holds no RSA private key/],
    ['another mini-program\'s key', ['upload'], { WECHAT_CI_KEY: 'private.wxfedcba9876543210.key' }, /belongs to wxfedcba9876543210, but the AppID is wx0123456789abcdef/],
    ['a robot that does not exist', ['preview'], { WECHAT_CI_ROBOT: '31' }, /numbered 1 to 30; WECHAT_CI_ROBOT or --robot says "31"/],
    ['no server', ['preview'], { VITE_SERVER_URL: '' }, /Set VITE_SERVER_URL to the server's address/],
    ['no address', ['preview'], { VITE_SERVER_URL: 'live.example.com' }, /VITE_SERVER_URL is "live\.example\.com", which is no address/],
    ['a server on this machine', ['preview'], { VITE_SERVER_URL: 'http://127.0.0.1:8080' }, /where only this machine finds the server/],
    ['a server by another name for this machine', ['upload'], { VITE_SERVER_URL: 'https://localhost' }, /where only this machine finds the server/],
    ['http for the public', ['upload'], { VITE_SERVER_URL: 'http://live.example.com' }, /domains by https only/],
    ['an address without a name for the public', ['upload'], { VITE_SERVER_URL: 'https://203.0.113.7' }, /domains by https only/],
    ['an option that does not exist', ['upload', '--page', 'x'], {}, /Unknown option '--page'\. Options go after two dashes: npm run mp:upload -- --version … --desc … --robot …/],
    ['an option of a check', ['check', '--desc', 'x'], {}, /npm run mp:check takes no options/],
    ['nothing to do', [], {}, /npm run mp:check, npm run mp:preview or npm run mp:upload/],
  ])('[OP42] %s is one sentence', (_, args, env, sentence) => {
    const { status, stdout, stderr } = mp(args, env)
    expect(stderr).toMatch(sentence)
    expect({ status, stdout, stack: STACK_TRACE.test(stderr) }).toEqual({ status: 1, stdout: '', stack: false })
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('[OP42] a check needs no account', () => {
    expect(mp(['check'], { WECHAT_APPID: '', WECHAT_CI_KEY: '', VITE_SERVER_URL: '' })).toMatchObject({ status: 0, stdout: expect.stringContaining('main package 2 KB\n✓ WeChat\'s compiler accepts the build.\n') })
  })

  it('[OP42] the AppID may stand in manifest.json, and a phone in the same network may preview over http', () => {
    tree.write('manifest.json', `{"mp-weixin":{"appid":"${APPID}"}}`)
    expect(mp(['preview'], { WECHAT_APPID: '', VITE_SERVER_URL: 'http://192.168.1.20:8080' }).status).toBe(0)
  })
})

describe('the way to WeChat', () => {
  it('[OP43] a preview builds what is not built, draws the QR code and says how to scan it', () => {
    const { status, stdout } = mp(['preview'])
    expect(status).toBe(0)
    expect(stdout).toContain('✓ Building the mini-program')
    expect(stdout).toContain('\n▄▀\n✓ Scan the code with WeChat')
    expect(fs.readFileSync(path.join(tree.path, 'unpackage/dist/build/mp-weixin/app.json'), 'utf8')).toBe('https://live.example.com')
    expect(mp(['preview']).stdout).not.toContain('Building')
    expect(mp(['preview'], { VITE_SERVER_URL: 'https://other.example.com' }).stdout).toContain('✓ Building the mini-program')
  })

  it('[OP43] an upload has a version, a robot and a description, by themselves or as asked', () => {
    const { version } = JSON.parse(fs.readFileSync(path.join(tree.path, 'package.json'), 'utf8'))
    expect(jobOf(['upload'])).toMatchObject({ action: 'upload', appid: APPID, version, robot: 1, desc: `Lianmai ${version}`, privateKeyPath: path.join(fs.realpathSync(tree.path), GOOD.WECHAT_CI_KEY) })
    expect(jobOf(['upload', '--version', '2.0.0', '--desc', 'new', '--robot', '3'], { WECHAT_CI_ROBOT: '2' })).toMatchObject({ version: '2.0.0', desc: 'new', robot: 3 })
    expect(jobOf(['preview', '--page', 'src/live/pages/room/index', '--query', 'roomId=r1'], { WECHAT_CI_ROBOT: '2' })).toMatchObject({ robot: 2, page: 'src/live/pages/room/index', query: 'roomId=r1' })
  })

  it('[OP43] the tool and its packages are installed beside ours, on first use', () => {
    tree.write('tools/miniprogram-ci/package-lock.json', '{"lockfileVersion":3,"packages":{"":{},"node_modules/left-pad":{"version":"1.3.0"}}}')
    const { status, stdout, stderr } = mp(['check'], { PATH: '', Path: '' })
    expect(status).toBe(1)
    expect(stdout).toContain('✗ Installing WeChat\'s compiler')
    expect(stderr).toContain('✗ npm was not found.')
  })

  it('[OP44] what WeChat refuses is shown with its output above and one sentence below', () => {
    tree.write('tools/miniprogram-ci/wechat.mjs', 'console.log("chatter\\nFAILED 1:7:unexpected end tag: view"); process.exitCode = 1')
    const { status, stderr } = mp(['check'])
    expect(status).toBe(1)
    expect(stderr).toMatch(/chatter\n[\s\S]*\n✗ WeChat refused the build: 1:7:unexpected end tag: view\n$/)
    expect(stderr).not.toMatch(STACK_TRACE)
  })
})

it.each([
  ['Error: {"errCode":-10008,"errMsg":"invalid ip: 203.0.113.9, reference: https://developers.weixin.qq.com"}', /add 203\.0\.113\.9 to the IP 白名单/],
  ['{"errCode":-1,"errMsg":"get new ticket fail innerCode: -80011"}', /does not take the upload key/],
  ['Error: errCode: 41002; errMsg: appid missing', /does not know this AppID/],
  ['80051: source size 2349KB exceed max limit 2MB', /larger than WeChat allows/],
  ['Error: getaddrinfo ENOTFOUND servicewechat.com', /cannot be reached from here \(ENOTFOUND\)/],
  ['something new', /^WeChat refused the build: something new$/],
])('[OP44] "%s" is told in our words', (message, sentence) => {
  expect(explainRefusal(message)).toMatch(sentence)
})

it('[OP44] a package above 2 MB is named, whatever the whole weighs', () => {
  const packages = [{ name: '__FULL__', size: 3 << 20 }, { name: '__APP__', size: 2 << 20 }, { name: '/src/live/', size: 1000 }]
  expect(sizesInWords(packages)).toBe('all 3072 KB, main package 2048 KB, src/live 1 KB')
  expect(checkSizes(packages)).toBeUndefined()
  expect(checkSizes([...packages, { name: 'src/me/', size: (2 << 20) + 1 }])).toBe('Larger than the 2 MB that WeChat allows: src/me 2049 KB.')
})
