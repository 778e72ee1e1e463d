import type { MiniProgram, Page } from './support/MiniProgram'
import type { World } from './support/world'
import type { Callbacks } from './support/wx/answer'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { find, findAll, findTap, fire, propsOf, soon, tap, textOf } from './support/screen'
import { createWorld } from './support/world'
import { succeed } from './support/wx/answer'

let world: World
let phone: MiniProgram
let page: Page

beforeAll(async () => world = await createWorld())
beforeEach(async () => {
  phone = world.createPhone({ chooseMessageFile: (options: Callbacks) => succeed('chooseMessageFile', options, { tempFiles: [{ path: 'wxfile://tmp/song.mp3', name: 'song.mp3' }] }) })
  phone.launch()
  phone.wx.api.navigateTo({ url: '/src/live/pages/anchor/index' })
  await soon(() => find(phone.page(), '.prepare-panel'))
  page = phone.page()
  await soon(() => expect(called('startPreview')).toHaveLength(1))
  tap(findTap(page, '美化'))
  await soon(() => find(page, '.effects'))
})
afterEach(() => {
  expect(phone.warnings).toEqual([])
  phone.close()
})
afterAll(() => world.close())

const pusher = () => find(page, 'live-pusher')
const called = (name: string) => phone.wx.calls.filter(([call]) => call === `LivePusherContext.${name}`).map(([, options]) => options)
const slider = (label: string) => findAll(page, 'slider').find(one => one.getAttribute('aria-label') === label)!

it('[PB62] in WeChat the tag itself does what is chosen, and keeps it for the next time', async () => {
  const tag = pusher()
  tap(findTap(page, '樱红'))
  fire(slider('美颜'), 'change', { value: 7 })
  fire(slider('美白'), 'changing', { value: 3 })
  await soon(() => expect(propsOf(tag)).toMatchObject({ filter: 'cerisered', beauty: 7, whiteness: 3, remoteMirror: false }))
  expect(pusher()).toBe(tag)
  tap(findTap(page, '恢复默认'))
  await soon(() => expect(propsOf(tag)).toMatchObject({ filter: 'standard', beauty: 0, whiteness: 0 }))
})

it('[PB63] in WeChat music comes from a file of a chat', async () => {
  tap(findTap(page, '选择音乐'))
  await soon(() => expect(textOf(page, '.music-controls')).toContain('song.mp3'))
  expect(called('playBGM')).toEqual([expect.objectContaining({ url: 'wxfile://tmp/song.mp3' })])
  fire(pusher(), 'bgmprogress', { progress: 30_000, duration: 60_000 })
  fire(pusher(), 'bgmcomplete')
  await soon(() => expect(textOf(page, '.music-controls')).not.toContain('song.mp3'))
})
