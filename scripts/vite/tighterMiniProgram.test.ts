import { expect, it } from 'vitest'
import { tighterMiniProgram } from './tighterMiniProgram'

const plugin = tighterMiniProgram() as unknown as {
  renderChunk: { handler: (code: string) => { code: string } }
  generateBundle: { handler: (this: { meta: { watchMode: boolean } }, options: unknown, bundle: object) => void }
}
const render = (code: string) => plugin.renderChunk.handler(code).code

it('calls that nobody reaches become ones that a minifier throws away', () => {
  expect(render('if (!Math) {\n  (AppIcon + AppTap)();\n}')).toBe('if (false) {\n  (AppIcon + AppTap)();\n}')
})

it('a component leaves its name and its scope behind', () => {
  expect(render('{\n  __name: "AppTap",\n  props: {} }')).toBe('{\n  props: {} }')
  expect(render('const C = /* @__PURE__ */ common_vendor._export_sfc(_sfc_main$1, [["__scopeId", "data-v-86908219"]]);')).toBe('const C = /* @__PURE__ */ _sfc_main$1;')
})

function bundle() {
  return {
    'app.json': { type: 'asset', fileName: 'app.json', source: '{\n  "pages": []\n}' },
    'project.config.json': { type: 'asset', fileName: 'project.config.json', source: '{\n  "appid": "wx"\n}' },
    'a.wxml': { type: 'asset', fileName: 'a.wxml', source: '<view class="_1"> </view>' },
  }
}

it('records lose their blanks, but the one that people read, and templates what nobody asks for', () => {
  const light = bundle()
  plugin.generateBundle.handler.call({ meta: { watchMode: false } }, {}, light)
  expect(Object.values(light).map(({ source }) => source)).toEqual(['{"pages":[],"usingComponents":{}}', '{\n  "appid": "wx"\n}', '<view> </view>'])
})

it('who watches sees only what has changed, so there it stays as it is', () => {
  const same = bundle()
  plugin.generateBundle.handler.call({ meta: { watchMode: true } }, {}, same)
  expect(same).toEqual(bundle())
})
