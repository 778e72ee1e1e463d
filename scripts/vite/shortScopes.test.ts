import { expect, it } from 'vitest'
import { shortScopes } from './shortScopes'

function run(bundle: Record<string, object>) {
  const { generateBundle } = shortScopes() as unknown as { generateBundle: { handler: (options: unknown, bundle: object) => void } }
  generateBundle.handler({}, bundle)
  return bundle
}

it('scopes are shortened alike in code, templates and styles, and pictures are left alone', () => {
  const picture = new Uint8Array([1])
  expect(run({
    'a.js': { type: 'chunk', code: '["__scopeId","data-v-86908219"]' },
    'a.wxml': { type: 'asset', source: '<view class="card data-v-86908219 data-v-0aaaaaaa"/>' },
    'a.wxss': { type: 'asset', source: '.card.data-v-86908219{}' },
    'a.png': { type: 'asset', source: picture },
  })).toEqual({
    'a.js': { type: 'chunk', code: '["__scopeId","v-86908"]' },
    'a.wxml': { type: 'asset', source: '<view class="card v-86908 v-0aaaa"/>' },
    'a.wxss': { type: 'asset', source: '.card.v-86908{}' },
    'a.png': { type: 'asset', source: picture },
  })
})

it('two components that would share a scope stop the build', () => {
  expect(() => run({ 'a.wxml': { type: 'asset', source: 'data-v-86908219 data-v-86908fff' } })).toThrow('86908')
})
