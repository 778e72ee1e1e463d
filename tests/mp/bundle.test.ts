/** What the compiled mini-program is made of. */
import path from 'node:path'
import { expect, it } from 'vitest'
import { subPackageRoots } from './support/appJson'
import { BUILT_IN_TAGS } from './support/builtIns'
import { OUTPUT, readCode, sizeByPackage } from './support/bundle'
import { createMiniProgram } from './support/MiniProgram'
import { resolvePath } from './support/paths'

const KB = 1024
const files = readCode()
const appJson = JSON.parse(files['app.json'])
const roots = subPackageRoots(appJson)
const inKb = (bytes: number) => (bytes / KB).toFixed(1)
const SDK = 'src/live/common/tim-wx-sdk/tim-wx.es.js'

it('[MP1] the main package has at most 150 KB, the live room 900 KB, a subpackage 2 MB', () => {
  const { '': main, ...subPackages } = sizeByPackage()
  console.log(`mini-program: main ${inKb(main)} of 150 KB, ${Object.entries(subPackages).map(([root, size]) => `${root} ${inKb(size)}`).join(', ')} KB`)
  expect(main).toBeLessThanOrEqual(150 * KB)
  expect(subPackages['src/live']).toBeGreaterThan(20 * KB)
  expect(subPackages['src/live']).toBeLessThanOrEqual(900 * KB)
  expect(Math.max(...Object.values(subPackages))).toBeLessThanOrEqual(2 * KB * KB)
})

it('[TI3] Tencent\'s SDK is one file of the live package, and nothing runs it before a session asks for it', () => {
  const holders = Object.keys(files).filter(file => files[file].includes('TIMRelayElem'))
  expect(holders).toEqual([SDK])
  const asking = Object.entries(files).flatMap(([file, code]) => [...code.matchAll(/(.{10})\brequire\("([^"]*tim-wx-sdk[^"]*)"\)/g)].map(([, before, path]) => [resolvePath(file, path), before]))
  expect(asking).toEqual([[SDK, '.then(()=>']])
})

it('[MP2] the live room lies in a subpackage whose download starts on the home page', () => {
  expect(appJson.pages).toEqual(['src/pages/home/index'])
  expect(appJson.subPackages).toContainEqual({ root: 'src/live', pages: ['pages/anchor/index', 'pages/room/index', 'pages/tools/push/index', 'pages/tools/play/index', 'pages/tools/lowLatency/index'] })
  expect(appJson.preloadRule['src/pages/home/index'].packages).toContain('src/live')
})

it('[MP2] no file requires one of another subpackage', () => {
  const rootOf = (file: string) => roots.find(root => file.startsWith(`${root}/`))
  const crossing = Object.entries(files).filter(([file]) => file.endsWith('.js')).flatMap(([file, code]) =>
    [...code.matchAll(/require\("([^"]+)"\)/g)]
      .map(([, to]) => resolvePath(file, to))
      .filter(to => rootOf(to) !== undefined && rootOf(to) !== rootOf(file))
      .map(to => `${file} → ${to}`))
  expect(crossing).toEqual([])
})

it('[MP3] WeChat\'s template compiler has nothing to say', () => {
  const program = createMiniProgram(files)
  expect(program.templateWarnings).toEqual([])
  program.close()
})

it('[MP4] no component takes the name of one of WeChat\'s own tags', () => {
  const used = Object.entries(files).filter(([file]) => file.endsWith('.json')).flatMap(([, json]) => Object.keys(JSON.parse(json).usingComponents ?? {}))
  expect(used).toContain('media-player')
  expect(used.filter(name => BUILT_IN_TAGS.includes(name))).toEqual([])
})

it.each([
  ['the signing library', /tls-sig-api|createHmac|signUser/i],
  ['names of secrets', /SESSION_SECRET|PUSH_KEY|PLAY_KEY|SDK_SECRET/i],
  ['the web\'s players', /mpegts|RTCPeerConnection/],
  ['tests and fakes', /vitest|[/\\]testing[/\\]|describe\(/],
  ['what only a development build has', /import\.meta|localhost:5173|__vite|vue-devtools/],
  ['a path of the machine that built it', new RegExp(path.resolve(OUTPUT, '../../../..').replaceAll(/[.\\]/g, '\\$&'))],
])('[MP5] the build is free of %s', (_, pattern) => {
  const found = Object.entries(files).filter(([, text]) => pattern.test(text)).map(([file, text]) => `${file}: ${pattern.exec(text)![0]}`)
  expect(found).toEqual([])
})

it('[MP5] no code of ours speaks of a secret key; Tencent\'s SDK has a word for the keys of single uploads', () => {
  expect(Object.keys(files).filter(file => /secretKey/i.test(files[file]))).toEqual([SDK])
})

it('[MP42] the server\'s address stands in the build once, so that one built for a server knows no other', () => {
  const addresses = Object.entries(files).filter(([file]) => file !== SDK).flatMap(([file, text]) => [...text.matchAll(/\b(?:https?|wss?):\/\/(?:localhost|127\.|192\.168\.|10\.)[^"'`\s]*/g)].map(([address]) => `${file} ${address}`))
  expect(addresses).toEqual(['common/app.js http://127.0.0.1:8080'])
})

it('[MP6] DevTools can open it: settings it needs are in project.config.json', () => {
  const project = JSON.parse(files['project.config.json'])
  expect(project.appid).toBeTruthy()
  expect(appJson.lazyCodeLoading).toBe('requiredComponents')
  const incomplete = [...appJson.pages, ...appJson.subPackages.flatMap(({ root, pages }: { root: string, pages: string[] }) => pages.map(page => `${root}/${page}`))]
    .flatMap(page => ['js', 'json', 'wxml'].map(extension => `${page}.${extension}`))
    .filter(file => files[file] === undefined)
  expect(incomplete).toEqual([])
})
