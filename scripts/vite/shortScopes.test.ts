import { expect, it } from 'vitest'
import { shortScopes } from './shortScopes'

function run(bundle: Record<string, object>) {
  const { generateBundle } = shortScopes() as unknown as { generateBundle: { handler: (options: unknown, bundle: object) => void } }
  generateBundle.handler({}, bundle)
  return bundle
}

it('scopes are numbered alike in code, templates and styles, and pictures are left alone', () => {
  const picture = new Uint8Array([1])
  expect(run({
    'a.js': { type: 'chunk', code: '["__scopeId","data-v-86908219"]' },
    'a.wxml': { type: 'asset', source: '<view class="card data-v-86908219 data-v-0aaaaaaa"/>' },
    'a.wxss': { type: 'asset', source: '.card.data-v-86908219{}' },
    'a.png': { type: 'asset', source: picture },
  })).toEqual({
    'a.js': { type: 'chunk', code: '["__scopeId","_0"]' },
    'a.wxml': { type: 'asset', source: '<view class="card _0 _1"/>' },
    'a.wxss': { type: 'asset', source: '.card._0{}' },
    'a.png': { type: 'asset', source: picture },
  })
})

it('the ids of components are shortened in templates, and in code that names a component of theirs', () => {
  expect(run({
    'a.js': { type: 'chunk', code: 'e.sr(player,"86908219-1,86908219-0"),["86908219-0-"+n,"0aaaaaaa-0-"+n]' },
    'a.wxml': { type: 'asset', source: '<b u-i="86908219-1,86908219-0" data-id="86908219-7"/>' },
  })).toEqual({
    'a.js': { type: 'chunk', code: 'e.sr(player,"0-1,0-0"),["0-0-"+n,"0aaaaaaa-0-"+n]' },
    'a.wxml': { type: 'asset', source: '<b u-i="0-1,0-0" data-id="86908219-7"/>' },
  })
})
