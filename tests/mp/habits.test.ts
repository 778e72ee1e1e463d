/** What people know from WeChat: the privacy guide, sharing, the timeline, the poster, the album, faces and names, the capsule. */
import type { MiniProgram, Page } from './support/MiniProgram'
import type { World } from './support/world'
import type { Callbacks } from './support/wx/answer'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { find, findAll, findTap, fire, propsOf, soon, tap, textOf } from './support/screen'
import { createWorld } from './support/world'
import { fail, succeed } from './support/wx/answer'

const GUIDE = '《连麦小程序隐私保护指引》'
const ROOM = 'src/live/pages/room/index?id=rdemo'

let world: World
let phone: MiniProgram

beforeAll(async () => world = await createWorld())
afterEach(() => {
  expect(phone.warnings).toEqual([])
  phone.close()
})
afterAll(() => world.close())

function start(url: string | undefined, overrides: Record<string, unknown> = {}): Page {
  phone = world.createPhone(overrides)
  return phone.launch(url)
}
const called = (name: string) => phone.wx.calls.filter(([call]) => call === name)

describe('the privacy guide', () => {
  /** WeChat agrees when its own button is tapped. */
  function guarded() {
    const state = { isAgreed: false, opened: 0 }
    const overrides = {
      getPrivacySetting: (options: Callbacks) => succeed('getPrivacySetting', options, { needAuthorization: !state.isAgreed, privacyContractName: GUIDE }),
      openPrivacyContract: (options: Callbacks) => {
        state.opened++
        return succeed('openPrivacyContract', options)
      },
    }
    return { state, overrides }
  }

  it('[WX1] its card comes before the camera; read and agreed to, the picture comes', async () => {
    const { overrides, state } = guarded()
    const page = start('src/live/pages/anchor/index', overrides)
    await soon(() => find(page, '.privacy-guide'))
    expect(textOf(page, '.privacy-guide')).toBe(GUIDE)
    expect(called('LivePusherContext.startPreview')).toEqual([])
    tap(find(page, '.privacy-guide'))
    await soon(() => expect(state.opened).toBe(1))
    const agree = find(page, '.privacy-native')
    expect(propsOf(agree).openType).toBe('agreePrivacyAuthorization')
    state.isAgreed = true
    fire(agree, 'agreeprivacyauthorization')
    await soon(() => expect(called('LivePusherContext.startPreview')).toHaveLength(1))
    expect(findAll(page, '.privacy-guide')).toEqual([])
  })

  it('[WX2] refused, no camera is opened, and a tap offers the guide again', async () => {
    const page = start('src/live/pages/anchor/index', guarded().overrides)
    tap(await soon(() => findTap(page, '拒绝')))
    await soon(() => expect(textOf(page, '.permission-card')).toContain('需要先同意隐私保护指引'))
    expect(called('LivePusherContext.startPreview')).toEqual([])
    tap(findTap(page, '重试'))
    await soon(() => find(page, '.privacy-guide'))
  })

  it('[WX3] a WeChat that knows none asks nothing', async () => {
    const page = start('src/live/pages/anchor/index')
    await soon(() => expect(called('LivePusherContext.startPreview')).toHaveLength(1))
    expect(findAll(page, '.privacy-guide')).toEqual([])
  })
})

describe('sharing', () => {
  async function enter(prepare: (api: Record<string, any>) => void = () => {}, url = ROOM) {
    phone = world.createPhone()
    prepare(phone.wx.api)
    const page = phone.launch(url)
    await soon(() => find(page, '.chat-input'))
    return page
  }

  it('[WX10] a card leads into the same room, and back from it is home', async () => {
    const page = await enter()
    const { path, title, imageUrl } = page.instance.onShareAppMessage({ from: 'menu' })
    expect(title).toContain('欢迎来到连麦')
    expect(imageUrl).toMatch(/^http.*\/covers\//)
    phone.close()
    const friend = await enter(undefined, path.slice(1))
    expect(friend.query).toEqual({ id: 'rdemo', from: 'share' })
    tap(findTap(friend, '离开直播间'))
    await soon(() => expect(phone.page().route).toBe('src/pages/home/index'))
  })

  it('[WX12] the timeline gets the room, and WeChat\'s menu offers both', async () => {
    const page = await enter()
    expect(page.instance.onShareTimeline()).toMatchObject({ query: 'id=rdemo&from=timeline' })
    expect(called('showShareMenu').at(-1)![1]).toMatchObject({ menus: ['shareAppMessage', 'shareTimeline'] })
  })

  it('[WX12] the anchor\'s page has a card and no timeline', () => {
    const page = start('src/live/pages/anchor/index')
    expect([typeof page.instance.onShareAppMessage, typeof page.instance.onShareTimeline]).toEqual(['function', 'undefined'])
  })

  it('[WX13] from the timeline the room is shown, and nothing is asked but the room', async () => {
    const asked: string[] = []
    phone = world.createPhone({ getLaunchOptionsSync: () => ({ path: '', query: {}, scene: 1154 }), login: () => asked.push('login'), connectSocket: () => asked.push('socket') })
    const page = phone.launch(ROOM)
    await soon(() => expect(textOf(page, '.room-glance')).toContain('欢迎来到连麦'))
    expect(textOf(page, '.room-glance')).toContain('前往小程序')
    expect([findAll(page, 'live-player'), asked]).toEqual([[], []])
  })

  /** What the page finds where its canvas should be: one on which everything can be drawn, or nothing. */
  const withCanvas = (found: object | null, overrides: Record<string, unknown> = {}) => (api: Record<string, any>) => {
    const { createSelectorQuery } = api
    Object.assign(api, overrides, {
      canvasToTempFilePath: (options: Callbacks & { canvas: { width: number, height: number } }) => succeed('canvasToTempFilePath', options, { tempFilePath: `wxfile://tmp/${options.canvas.width}x${options.canvas.height}.jpg` }),
      createSelectorQuery() {
        const query = createSelectorQuery()
        const { select } = query
        const board = { fields: () => ({ exec: (callback: (results: unknown[]) => void) => callback([found && { node: found }]) }) }
        query.in = () => query
        query.select = (selector: string) => selector === '#drawing-board' ? board : select.call(query, selector)
        return query
      },
    })
  }
  const canvas = () => ({
    width: 0,
    height: 0,
    getContext: () => new Proxy({}, { get: (_, name) => () => name === 'measureText' ? { width: 10 } : { addColorStop() {} }, set: () => true }),
    createImage() {
      const image = { width: 10, height: 10, src: '', onload: () => {} }
      setTimeout(() => image.onload())
      return image
    },
  })

  it('[WX11] a room without a cover has its card drawn, 5:4', async () => {
    const person = await world.createPerson('蓝鲸')
    const { room } = await person.createRoom('没有封面')
    const page = await enter(withCanvas(canvas()), `src/live/pages/room/index?id=${room.id}`)
    await soon(async () => expect(await page.instance.onShareAppMessage({ from: 'menu' }).promise).toMatchObject({ imageUrl: 'wxfile://tmp/500x400.jpg' }))
    expect(page.instance.onShareTimeline().imageUrl).toBe('wxfile://tmp/500x400.jpg')
  })

  it('[WX14] the panel has WeChat\'s own button for a friend, and explains the timeline', async () => {
    const page = await enter()
    tap(findTap(page, '分享'))
    const native = await soon(() => find(page, '.share-choice .native'))
    expect(propsOf(native).openType).toBe('share')
    tap(findTap(page, '分享到朋友圈'))
    await soon(() => expect(textOf(page, '.share-hint')).toContain('右上角'))
  })

  it('[WX24] [WX25] a poster is drawn and kept, after the settings if need be', async () => {
    let isAllowed = false
    const page = await enter(withCanvas(canvas(), {
      saveImageToPhotosAlbum: (options: Callbacks) => isAllowed ? succeed('saveImageToPhotosAlbum', options) : fail('saveImageToPhotosAlbum', options, 'auth deny'),
      openSetting: (options: Callbacks) => {
        isAllowed = true
        return succeed('openSetting', options)
      },
    }))
    tap(findTap(page, '分享'))
    tap(await soon(() => findTap(page, '生成海报')))
    await soon(() => expect(propsOf(find(page, '.poster-view image')).src).toBe('wxfile://tmp/750x1334.jpg'))
    tap(findTap(page, '保存图片'))
    tap(await soon(() => findTap(page, '去设置')))
    await soon(() => expect(textOf(page, '.app-toast')).toContain('海报已保存'))
  })

  it('[WX26] without a canvas the panel says that there is no poster', async () => {
    const page = await enter(withCanvas(null))
    tap(findTap(page, '分享'))
    tap(await soon(() => findTap(page, '生成海报')))
    await soon(() => expect(textOf(page, '.poster-view')).toContain('海报没有画成'))
  })
})

describe('the small window', () => {
  it('[WX44] the player goes on in it when a page opens over the room and when one goes back, and says so', async () => {
    const page = start(ROOM)
    const player = await soon(() => find(page, 'live-player'))
    await soon(() => expect(propsOf(player).pictureInPictureMode).toEqual(['push', 'pop']))
    fire(player, 'enterpictureinpicture')
    await soon(() => expect(textOf(page, '.app-toast')).toContain('小窗'))
  })
})

describe('oneself', () => {
  it('[WX33] the face of WeChat becomes one\'s own, and the server keeps it', async () => {
    const page = start('src/pages/me/index', { compressImage: (options: Callbacks) => succeed('compressImage', options, { tempFilePath: 'wxfile://tmp/snapshot.jpg' }) })
    const button = await soon(() => find(page, '.face-button .native'))
    expect(propsOf(button).openType).toBe('chooseAvatar')
    fire(button, 'chooseavatar', { avatarUrl: 'wxfile://tmp/chosen.jpg' })
    const src = await soon(() => {
      const { src } = propsOf(find(page, '.face-button .app-avatar'))
      expect(src).toMatch(/^http.*\/pictures\/u.*\.jpg$/)
      return src as string
    })
    expect((await fetch(src)).headers.get('content-type')).toBe('image/jpeg')
    fire(find(page, '.face-button .app-avatar'), 'error')
    await soon(() => expect(propsOf(find(page, '.face-button .app-avatar')).src).toMatch(/^data:/))
  })

  it('[WX33] the name of WeChat is offered and comes with the blur', async () => {
    const page = start('src/pages/me/index')
    const field = await soon(() => find(page, '.nickname-form input'))
    expect(propsOf(field).type).toBe('nickname')
    fire(field, 'blur', { value: '微信里的名字' })
    await soon(() => expect(findTap(page, '保存').getAttribute('aria-disabled')).toBe('false'))
    tap(findTap(page, '保存'))
    await soon(() => expect(textOf(page, '.person .nickname')).toBe('微信里的名字'))
  })
})

describe('the capsule', () => {
  const PHONES = [
    { name: 'a notch', capsule: { top: 48, right: 368, width: 87, height: 32, left: 281, bottom: 80 }, windowWidth: 375 },
    { name: 'an island', capsule: { top: 61, right: 423, width: 87, height: 32, left: 336, bottom: 93 }, windowWidth: 430 },
    { name: 'a small Android', capsule: { top: 26, right: 350, width: 96, height: 32, left: 254, bottom: 58 }, windowWidth: 360 },
    { name: 'a tablet', capsule: { top: 24, right: 758, width: 87, height: 32, left: 671, bottom: 56 }, windowWidth: 768 },
  ]
  const PAGES = [
    ['src/pages/home/index', '.app-top-bar'],
    ['src/pages/me/index', '.app-top-bar'],
    ['src/live/pages/anchor/index', '.app-top-bar'],
    [ROOM, '.room-top-bar'],
  ] as const

  it.each(PHONES.flatMap(phone => PAGES.map(([url, bar]) => [url.split('/').slice(1, 4).join('/'), phone.name, url, bar, phone] as const)))('[WX44] the bar of %s is level with the capsule of %s and clear of it', async (_, __, url, bar, { capsule, windowWidth }) => {
    const page = start(url, { getMenuButtonBoundingClientRect: () => capsule, getWindowInfo: () => ({ windowWidth, windowHeight: 800, statusBarHeight: 20, safeArea: { bottom: 780 } }) })
    const style = (await soon(() => find(page, bar))).getAttribute('style') ?? ''
    expect(Number(/padding-top:\s*(\d+)px/.exec(style)?.[1])).toBe(capsule.top)
    expect(Number(/padding-right:\s*(\d+)px/.exec(style)?.[1])).toBeGreaterThanOrEqual(windowWidth - capsule.left)
  })
})
