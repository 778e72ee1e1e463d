/** WeChat's own compiler goes over the real build; its uploader takes a small program to a fake server behind a proxy. */
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { installWeChat } from '../../scripts/lib/miniProgram/installWeChat.mjs'
import { runWeChat } from '../../scripts/lib/miniProgram/runWeChat.mjs'
import { OUTPUT } from '../mp/support/bundle'
import { createFakeWeChat } from './support/fakeWeChat'

const COMPILES_MS = 180_000
const INSTALLS_MS = 600_000
const KB = 1024
const APPID = 'wx0123456789abcdef'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wechat-'))
let stop = async () => {}

beforeAll(installWeChat, INSTALLS_MS)

afterEach(async () => {
  vi.unstubAllEnvs()
  await stop()
  stop = async () => {}
})

afterAll(() => fs.rmSync(folder, { recursive: true }))

describe('its compiler', () => {
  it('[MP7] WeChat\'s own compiler accepts the build and stays far below its limit for packages', async () => {
    const { packages } = await runWeChat({ action: 'check', projectPath: OUTPUT, appid: APPID })
    expect(packages!.map(({ name }) => name)).toEqual(['__APP__', 'src/pages/me/', 'src/live/'])
    expect(Math.min(...packages!.map(({ size }) => size))).toBeGreaterThan(5 * KB)
    expect(Math.max(...packages!.map(({ size }) => size))).toBeLessThan(1.5 * KB * KB)
  }, COMPILES_MS)

  it.each<[string, (build: string) => void, RegExp]>([
    ['a tag that closes nothing', program => fs.appendFileSync(path.join(program, 'pages/home.wxml'), '</view>'), /unexpected end tag: view/],
    ['a page that is not there', program => fs.rmSync(path.join(program, 'pages/home.wxml')), /pages\/home/],
    ['code that does not parse', program => fs.appendFileSync(path.join(program, 'pages/home.js'), '('), /pages\/home\.js/],
  ])('[MP7] it rejects %s', async (_, spoil, reason) => {
    const projectPath = smallProgram()
    spoil(projectPath)
    await expect(runWeChat({ action: 'check', projectPath, appid: APPID })).rejects.toThrow(reason)
  }, COMPILES_MS)
})

describe('its server', () => {
  async function connect(options: Partial<Parameters<typeof createFakeWeChat>[0]> = {}) {
    const weChat = await createFakeWeChat({ appid: APPID, qrCode: await drawQrCode('https://mp.weixin.qq.com/a/~~preview'), ...options })
    stop = weChat.stop
    vi.stubEnv('HTTPS_PROXY', weChat.proxy)
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    return { weChat, job: { projectPath: smallProgram(), appid: APPID, privateKeyPath: weChat.privateKeyPath, robot: 7, desc: 'of today' } }
  }

  it('[OP43] a preview is delivered, signed with the upload key, and its QR code is drawn and kept as a picture', async () => {
    const { weChat, job } = await connect()
    const image = path.join(folder, 'preview.jpg')
    const { packages, qrCode } = await runWeChat({ ...job, action: 'preview', page: 'src/live/pages/room/index', query: 'roomId=r1', image })
    expect(weChat.deliveries).toMatchObject([{ door: 'testSourceURL', query: { appid: APPID, robot: '7', desc: 'of today', path: 'src/live/pages/room/index?roomId=r1' } }])
    expect(weChat.deliveries[0].content).toContain('<view>hello</view>')
    expect(packages).toEqual([{ name: '__FULL__', size: 4096 }, { name: '__APP__', size: 2048 }])
    expect(qrCode!.split('\n').length).toBeGreaterThan(10)
    expect(fs.statSync(image).size).toBeGreaterThan(100)
  }, COMPILES_MS)

  it('[OP43] an upload is delivered with its version', async () => {
    const { weChat, job } = await connect()
    await runWeChat({ ...job, action: 'upload', version: '1.2.3' })
    expect(weChat.deliveries).toMatchObject([{ door: 'upload', query: { appid: APPID, version: '1.2.3', desc: 'of today', robot: '7' } }])
  }, COMPILES_MS)

  it('[OP44] its refusal arrives as a sentence', async () => {
    const { job } = await connect({ refusal: { errCode: -10008, errMsg: 'invalid ip: 203.0.113.9, reference: …' } })
    await expect(runWeChat({ ...job, action: 'upload', version: '1.2.3' })).rejects.toThrow(/^WeChat takes uploads only from addresses on its list: add 203\.0\.113\.9 to the IP 白名单/)
  }, COMPILES_MS)
})

function smallProgram(): string {
  const program = fs.mkdtempSync(path.join(folder, 'program-'))
  const files = {
    'project.config.json': '{"compileType":"miniprogram"}',
    'app.json': '{"pages":["pages/home"]}',
    'app.js': 'App({})',
    'pages/home.js': 'Page({})',
    'pages/home.json': '{}',
    'pages/home.wxml': '<view>hello</view>',
  }
  fs.mkdirSync(path.join(program, 'pages'))
  for (const [file, text] of Object.entries(files))
    fs.writeFileSync(path.join(program, file), text)
  return program
}

/** A picture as WeChat sends it, made with what its tool reads it with. */
async function drawQrCode(text: string): Promise<string> {
  const require = createRequire(path.resolve(import.meta.dirname, '../../tools/miniprogram-ci/package.json'))
  const [QrCode, level, Jimp] = ['qrcode-terminal/vendor/QRCode', 'qrcode-terminal/vendor/QRCode/QRErrorCorrectLevel', 'jimp'].map(name => require(name))
  const code = new QrCode(-1, level.L)
  code.addData(text)
  code.make()
  const modules: boolean[][] = code.modules
  const scale = 8
  const margin = 4
  const side = (modules.length + 2 * margin) * scale
  const image = new Jimp(side, side, 0xFFFFFFFF)
  image.scan(0, 0, side, side, (x: number, y: number) => {
    if (modules[Math.floor(y / scale) - margin]?.[Math.floor(x / scale) - margin])
      image.setPixelColor(0x000000FF, x, y)
  })
  return (await image.getBufferAsync('image/jpeg')).toString('base64')
}
