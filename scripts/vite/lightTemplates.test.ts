import type { Texts } from './lightTemplates'
import { expect, it } from 'vitest'
import { lightenTemplates } from './lightTemplates'

const light = (files: Texts) => lightenTemplates({ 'app.json': '{}', ...files })
const using = (components: object) => JSON.stringify({ component: true, usingComponents: components })

it('a scope with no class beside it goes, unless a style says it alone', () => {
  const files = light({ 'a.wxml': '<view class="_1"/><view class="card _1"/><view class="_2"/><x virtualHostClass="_1"/>', 'a.wxss': '.card._1{}', 'b.wxss': '._2 .deep{}' })
  expect(files['a.wxml']).toBe('<view/><view class="card _1"/><view class="_2"/><x/>')
})

it('a component without a node of its own keeps the class it hands on, and the one by which uni finds it', () => {
  const child = `<view class="{{['child', virtualHostClass]}}"/>`
  const parent = '<child class="big _1" virtualHostClass="big _1"/><child class="r big" virtualHostClass="r big"/><node class="big" virtualHostClass="big"/>'
  const files = light({ 'a.wxml': parent, 'a.json': using({ child: './child', node: './node' }), 'child.wxml': child, 'node.wxml': '<view/>' })
  expect(files['a.wxml']).toBe('<child virtualHostClass="big _1"/><child class="r big" virtualHostClass="r big"/><node class="big" virtualHostClass="big"/>')
})

it('a root hears of style and hidden only where somebody gives them, by way of others, too', () => {
  const root = '<view style="{{virtualHostStyle}}" hidden="{{virtualHostHidden || false}}"/>'
  const between = '<inner style="{{virtualHostStyle}}" virtualHostStyle="{{virtualHostStyle}}"/>'
  const files = light({
    'page.wxml': '<outer style="{{a}}" virtualHostStyle="{{a}}"/><alone/>',
    'page.json': using({ outer: './outer', alone: './alone' }),
    'outer.wxml': between,
    'outer.json': using({ inner: './inner' }),
    'inner.wxml': root,
    'alone.wxml': root,
  })
  expect(files['outer.wxml']).toBe(between)
  expect(files['inner.wxml']).toBe('<view style="{{virtualHostStyle}}"/>')
  expect(files['alone.wxml']).toBe('<view/>')
})

it('a component of the main package that many use is named once, in app.json', () => {
  const users = Object.fromEntries([1, 2, 3, 4].map(n => [`src/live/u${n}.json`, using({ 'app-tap': '../components/AppTap', 'own-part': './OwnPart' })]))
  const files = light({ ...users, 'src/pages/few.json': using({ 'live-badge': '../components/LiveBadge' }) })
  expect(JSON.parse(files['app.json']).usingComponents).toEqual({ 'app-tap': '/src/components/AppTap' })
  expect(JSON.parse(files['src/live/u1.json'])).toEqual({ component: true, usingComponents: { 'own-part': './OwnPart' } })
  expect(files['src/pages/few.json']).toContain('live-badge')
})
