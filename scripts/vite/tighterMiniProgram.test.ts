import { expect, it } from 'vitest'
import { tighterMiniProgram } from './tighterMiniProgram'

const plugin = tighterMiniProgram() as unknown as {
  renderChunk: { handler: (code: string) => { code: string } }
  generateBundle: { handler: (options: unknown, bundle: object) => void }
}

it('calls that nobody reaches become ones that a minifier throws away', () => {
  expect(plugin.renderChunk.handler('if (!Math) {\n  (AppIcon + AppTap)();\n}').code).toBe('if (false) {\n  (AppIcon + AppTap)();\n}')
})

it('records lose their blanks, but the one that people read and what is no record', () => {
  const bundle = {
    'app.json': { type: 'asset', fileName: 'app.json', source: '{\n  "pages": []\n}' },
    'project.config.json': { type: 'asset', fileName: 'project.config.json', source: '{\n  "appid": "wx"\n}' },
    'a.wxml': { type: 'asset', fileName: 'a.wxml', source: '<view> </view>' },
  }
  plugin.generateBundle.handler({}, bundle)
  expect(Object.values(bundle).map(({ source }) => source)).toEqual(['{"pages":[]}', '{\n  "appid": "wx"\n}', '<view> </view>'])
})
