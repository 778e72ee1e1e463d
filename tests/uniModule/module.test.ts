/** The module of the component as it is packed today. */
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { reachOn } from '../../scripts/lib/uniModule/closure.mjs'
import { importsIn } from '../../scripts/lib/uniModule/importsIn.mjs'
import { ENTRIES, liveRoomModule } from '../../scripts/lib/uniModule/liveRoomModule.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8')

let files: Map<string, string>
const temporary: string[] = []
beforeAll(async () => {
  files = await liveRoomModule()
})
afterAll(() => temporary.forEach(folder => fs.rmSync(folder, { recursive: true, force: true })))

const ofOurs = () => [...files].filter(([place]) => /\.(?:ts|vue)$/.test(place) && !place.startsWith('vendor/'))

it('[UM1] the command puts it into a project in the place of an older one, and says what weighs how much', () => {
  const project = fs.mkdtempSync(path.join(os.tmpdir(), 'project-'))
  temporary.push(project)
  const old = path.join(project, 'uni_modules/lianmai-live-room/old.js')
  fs.writeFileSync(path.join(project, 'pages.json'), '{}')
  fs.mkdirSync(path.dirname(old), { recursive: true })
  fs.writeFileSync(old, '')
  const said = execFileSync(process.execPath, [path.join(root, 'scripts/packUniModule.mjs'), project], { encoding: 'utf8' })
  const folder = path.join(project, 'uni_modules/lianmai-live-room')
  const written = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  expect(written.sort()).toEqual([...files.keys()].sort())
  expect(said).toMatch(/vendor\/mpegts\.js +1 file +\d+\.\d KB\n/)
  expect(said.trimEnd().endsWith(folder)).toBe(true)
})

it('[UM1] a folder that is no project is refused in one sentence', () => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [path.join(root, 'scripts/packUniModule.mjs'), os.tmpdir()], { encoding: 'utf8' })
  expect({ status, said: stdout + stderr.trim() }).toEqual({ status: 1, said: `✗ ${os.tmpdir()} has no pages.json: name the folder of a uni-app project that has one.` })
})

it('[UM1] the same sources give the same bytes', async () => {
  expect(await liveRoomModule()).toEqual(files)
})

it('[UM1] it is the component and the module, without tests and what stands in for things in tests', () => {
  expect([...files.keys()]).toEqual(expect.arrayContaining(['components/lianmai-live-room/lianmai-live-room.vue', 'index.ts']))
  expect([...files.keys()].filter(place => /\.test\.|testing\/|[Ff]ake/.test(place))).toEqual([])
})

it('[UM2] every import leads to a file that is there, or to vue and uni', () => {
  const there = (from: string, specifier: string) => {
    const base = path.posix.join(path.posix.dirname(from), specifier)
    return [base, `${base}.ts`, base.replace(/\.js$/, '.d.ts'), base.replace(/\.mjs$/, '.d.mts'), `${base}.d.ts`].some(place => files.has(place))
  }
  const importsOf = (place: string, text: string) => place.endsWith('.js')
    ? [...text.matchAll(/^(?:import|export)\b[^"'\n]*["']([^"']+)["'];?$/gm)].map(([, specifier]) => specifier)
    : importsIn(place, text).map(({ specifier }) => specifier)
  const isStray = (place: string, specifier: string) => specifier.startsWith('.') ? !there(place, specifier) : !['vue', '@dcloudio/uni-app'].includes(specifier)
  const stray = [...files].filter(([place]) => /\.(?:ts|mts|vue|js)$/.test(place)).flatMap(([place, text]) => importsOf(place, text).filter(specifier => isStray(place, specifier)).map(specifier => `${place}: ${specifier}`))
  expect(stray).toEqual([])
})

it('[UM2] the conditional comments are those of the sources', () => {
  const conditions = (text: string) => text.split('</script>')[0].match(/#(?:ifn?def|endif).*/g) ?? []
  const places = ofOurs().filter(([place, text]) => fs.existsSync(path.join(root, place)) && text.includes('#ifdef'))
  expect(places.length).toBeGreaterThan(5)
  for (const [place, text] of places)
    expect({ place, conditions: conditions(text) }).toEqual({ place, conditions: conditions(read(place)) })
})

it('[UM3] a mini-program reaches none of the packages that the web alone needs', () => {
  const phone = reachOn('mp-weixin', root, Object.keys(ENTRIES))
  const web = reachOn('h5', root, Object.keys(ENTRIES))
  expect([...web.packages]).toContain('mpegts.js')
  expect([...phone.packages]).toEqual(['valibot'])
  expect([...files.keys()].filter(place => /^vendor\/[^/]+\.js$/.test(place))).toEqual([...web.packages].map(specifier => `vendor/${specifier.replace('.js', '')}.js`).sort())
})

it('[UM4] no component leaves a type to be looked up, styles are plain, and no file asks for the settings of a build', () => {
  const needing = ofOurs().filter(([, text]) => /define(?:Props|Emits)<[A-Z]|<style[^>]*lang=|import\.meta/.test(text)).map(([place]) => place)
  expect(needing).toEqual([])
})

it('[UM6] no secret and no path of this machine', () => {
  const suspicious = [root, os.homedir(), os.tmpdir(), 'BEGIN PRIVATE KEY', 'BEGIN RSA', 'secretKey=', os.hostname()].filter(text => text.length > 3)
  const found = [...files].flatMap(([place, text]) => suspicious.filter(word => text.includes(word)).map(word => `${place}: ${word}`))
  expect(found).toEqual([])
})

it('[UM7] the papers are those that uni-app\'s market asks for', () => {
  const ours = JSON.parse(read('package.json'))
  const paper = JSON.parse(files.get('package.json')!)
  expect(paper).toMatchObject({
    id: 'lianmai-live-room',
    displayName: expect.stringMatching(/\S/),
    version: ours.version,
    description: expect.stringMatching(/\S/),
    license: ours.license,
    main: 'index.ts',
    engines: { 'HBuilderX': expect.stringMatching(/^\^/), 'uni-app': expect.stringMatching(/^\^/) },
    dcloudext: { type: 'component-vue', declaration: { ads: expect.any(String), data: expect.any(String), permissions: expect.any(String) } },
    uni_modules: { dependencies: [], encrypt: [], platforms: { client: { 'uni-app': { vue: { vue2: 'x', vue3: '√' }, mp: { weixin: '√' }, web: { chrome: '√' } } } } },
  })
  expect(paper.keywords.length).toBeLessThanOrEqual(5)
  expect(files.get('license.md')).toBe(read('LICENSE'))
  expect(files.get('changelog.md')).toMatch(new RegExp(`^## ${ours.version.replaceAll('.', '\\.')}（\\d{4}-\\d\\d-\\d\\d）\\n\\n- `))
})
