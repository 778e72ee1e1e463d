import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import AppField from '@/src/components/AppField.vue'
import { useMe } from '@/src/stores/me'
import { useSettings } from '@/src/stores/settings'
import { useToast } from '@/src/stores/toast'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, aUser } from '@/src/testing/fixtures'
import { onH5, onMp } from '@/src/testing/platform'
import { callHook } from '@/src/testing/uniAppStub'
import { settle } from '@/src/testing/virtualClock'
import Home from './home/index.vue'
import Me from './me/index.vue'

async function openHome() {
  const home = mount(Home)
  callHook(home, 'onShow')
  await settle()
  return home
}

async function openMe() {
  const me = mount(Me)
  callHook(me, 'onLoad')
  await settle()
  return me
}

describe('home', () => {
  it('[UI16] shows the shapes of rooms, then the rooms: on air or away, who, how many; the demo is marked', async () => {
    fakes().roomApi.rooms = [
      aRoom({ id: 'raaaa', title: '弹唱', viewers: 12_345, cover: '/covers/a.jpg' }),
      aRoom({ id: 'rbbbb', title: '自习', status: 'interrupted', anchor: aUser({ id: 'ubbbb', nickname: '半夏' }) }),
      aRoom({ id: 'rcccc', title: '样片', isDemo: true }),
    ]
    const home = mount(Home)
    expect(home.findAll('.room-card-skeleton').length).toBeGreaterThan(3)
    callHook(home, 'onShow')
    await settle()
    const [first, second, third] = home.findAll('.room-card')
    expect(first.text()).toContain('直播中')
    expect(first.text()).toContain('1.2万')
    expect(first.find('.picture').attributes('src')).toBe('http://127.0.0.1:8080/covers/a.jpg')
    expect(second.text()).toContain('暂时离开')
    expect(second.text()).toContain('半夏')
    expect(second.find('.picture').attributes('src')).toMatch(/^data:image\/svg/)
    expect(third.text()).toContain('演示')
    expect(home.find('.room-card-skeleton').exists()).toBe(false)
  })

  it('[UI17] a card leads into its room, the button to going live, the face to oneself', async () => {
    fakes().roomApi.rooms = [aRoom({ id: 'raaaa' })]
    const home = await openHome()
    await home.get('.room-card').trigger('click')
    await home.get('.float').trigger('click')
    await home.get('.me').trigger('click')
    expect(vi.mocked(uni.navigateTo).mock.calls.map(([{ url }]) => url)).toEqual([
      '/src/live/pages/room/index?id=raaaa',
      '/src/live/pages/anchor/index',
      '/src/pages/me/index',
    ])
  })

  it('[UI17] a short list leaves a place that invites to go live, a long one does not', async () => {
    fakes().roomApi.rooms = [aRoom()]
    const home = await openHome()
    await home.get('.invite-card').trigger('click')
    expect(uni.navigateTo).toHaveBeenCalledWith({ url: '/src/live/pages/anchor/index' })
    fakes().roomApi.rooms = Array.from({ length: 4 }, (_, i) => aRoom({ id: `rroom${i}x` }))
    callHook(home, 'onPullDownRefresh')
    await settle()
    expect(home.find('.invite-card').exists()).toBe(false)
  })

  it('[UI16] an empty list says what to do, and the button does it', async () => {
    const home = await openHome()
    expect(home.text()).toContain('现在还没有人开播')
    await home.get('.empty-state .app-button').trigger('click')
    expect(uni.navigateTo).toHaveBeenCalledWith({ url: '/src/live/pages/anchor/index' })
  })

  it('[UI16] a failure is told in words, and its button tries again', async () => {
    fakes().roomApi.fail('listRooms', 'UNAVAILABLE')
    const home = await openHome()
    expect(home.text()).toContain('服务暂时不可用')
    fakes().roomApi.rooms = [aRoom()]
    await home.get('.empty-state .app-button').trigger('click')
    await settle()
    expect(home.findAll('.room-card')).toHaveLength(1)
  })

  it('[UI48] no network is told as such', async () => {
    fakes().platform.setOnline(false)
    fakes().roomApi.fail('listRooms', 'NETWORK')
    expect((await openHome()).text()).toContain('网络断开了')
  })

  it('[UI47] an old list says that it is old', async () => {
    fakes().roomApi.rooms = [aRoom()]
    const home = await openHome()
    fakes().roomApi.fail('listRooms', 'NETWORK')
    callHook(home, 'onPullDownRefresh')
    await settle()
    expect(uni.stopPullDownRefresh).toHaveBeenCalled()
    expect(home.text()).toContain('没能刷新')
    expect(home.findAll('.room-card')).toHaveLength(1)
  })

  it('[UI45] the end of the page brings the next rooms, and the end of the list says so', async () => {
    fakes().roomApi.rooms = Array.from({ length: 21 }, (_, i) => aRoom({ id: `rroom${i}x` }))
    const home = await openHome()
    expect(home.text()).not.toContain('没有更多了')
    callHook(home, 'onReachBottom')
    await settle()
    expect(home.findAll('.room-card')).toHaveLength(21)
    expect(home.text()).toContain('没有更多了')
  })

  it('[UI49] hidden it rests, shown again it looks at once', async () => {
    const { clock, roomApi } = fakes()
    const home = await openHome()
    callHook(home, 'onHide')
    await clock.advance(60_000)
    expect(roomApi.countOf('listRooms')).toBe(1)
    callHook(home, 'onShow')
    expect(roomApi.countOf('listRooms')).toBe(2)
    callHook(home, 'onUnload')
    expect(clock.pending).toBe(0)
  })
})

describe('me', () => {
  it('[UI18] a name is checked while it is typed, and kept by the button', async () => {
    const me = await openMe()
    const field = me.getComponent(AppField)
    const save = me.get('.nickname-form .app-button')
    field.vm.$emit('update:modelValue', '   ')
    await nextTick()
    expect(me.text()).toContain('昵称需要 1 到 20 个字')
    await save.trigger('click')
    expect(fakes().roomApi.countOf('updateMe')).toBe(0)
    field.vm.$emit('update:modelValue', '  青   柠 ')
    await nextTick()
    await save.trigger('click')
    await settle()
    expect(useMe().user?.nickname).toBe('青 柠')
    expect(me.text()).toContain('已保存')
  })

  it('[UI18] a name that could not be kept says why', async () => {
    const me = await openMe()
    fakes().roomApi.fail('updateMe', 'TOO_MANY_REQUESTS')
    me.getComponent(AppField).vm.$emit('update:modelValue', '青柠')
    await nextTick()
    await me.get('.nickname-form .app-button').trigger('click')
    await settle()
    expect(me.text()).toContain('操作太频繁')
  })

  it('[UI19] a face is kept by a tap on it, and marked', async () => {
    const me = await openMe()
    await me.findAll('.avatar-picker .face')[7].trigger('click')
    await settle()
    expect(useMe().user?.avatar).toBe(7)
    expect(me.findAll('.avatar-picker .face').findIndex(face => face.classes('chosen'))).toBe(7)
  })

  it('[UI43] the language changes the screen at once', async () => {
    const me = await openMe()
    await me.findAll('.choice').find(choice => choice.text() === 'English')!.trigger('click')
    expect(me.text()).toContain('Nickname')
    expect(useSettings().language).toBe('en')
  })

  it('[UI16] without a guest it says why and tries again', async () => {
    fakes().roomApi.fail('createSession', 'NETWORK')
    const me = await openMe()
    expect(me.text()).toContain('连接不上服务器')
    await me.get('.empty-state .app-button').trigger('click')
    await settle()
    expect(me.find('.nickname-form').exists()).toBe(true)
  })

  it('leads to the server\'s documents where the platform can show them', async () => {
    const { platform } = fakes()
    await (await openMe()).findAll('.link').find(link => link.text() === '接口文档')!.trigger('click')
    expect(platform.docsOpened).toBe(1)
    platform.openDocs = undefined
    expect((await openMe()).text()).not.toContain('接口文档')
  })

  it('[UI29] back is back, or home for who came straight here', async () => {
    const me = await openMe()
    vi.stubGlobal('getCurrentPages', () => [{}, {}])
    await me.get('.back').trigger('click')
    expect(uni.navigateBack).toHaveBeenCalled()
    vi.stubGlobal('getCurrentPages', () => [{}])
    await me.get('.back').trigger('click')
    expect(uni.reLaunch).toHaveBeenCalledWith({ url: '/src/pages/home/index' })
  })

  onMp('[WX33] WeChat\'s own face is made small and becomes one\'s own', async () => {
    vi.stubGlobal('wx', { compressImage: vi.fn(({ success }: { success: (made: { tempFilePath: string }) => void }) => success({ tempFilePath: 'wxfile://tmp/small.jpg' })) })
    const me = await openMe()
    await me.get('.face-button button').trigger('chooseavatar', { detail: { avatarUrl: 'wxfile://tmp/face.jpg' } })
    await settle()
    expect(fakes().roomApi.calls.filter(({ method }) => method === 'setPicture')).toEqual([{ method: 'setPicture', args: [{ filePath: 'wxfile://tmp/small.jpg' }] }])
    expect(me.get('.face-button image').attributes('src')).toBe('http://127.0.0.1:8080/pictures/me.jpg')
    expect(wx.compressImage).toHaveBeenCalledWith(expect.objectContaining({ src: 'wxfile://tmp/face.jpg', compressedWidth: 256 }))
    vi.unstubAllGlobals()
  })

  onMp('[WX33] a face that cannot be made small goes as it is', async () => {
    vi.stubGlobal('wx', { compressImage: ({ fail }: { fail: () => void }) => fail() })
    const me = await openMe()
    await me.get('.face-button button').trigger('chooseavatar', { detail: { avatarUrl: 'wxfile://tmp/face.jpg' } })
    await settle()
    expect(fakes().roomApi.calls.at(-1)?.args).toEqual([{ filePath: 'wxfile://tmp/face.jpg' }])
    vi.unstubAllGlobals()
  })

  onMp('[WX33] the name WeChat offers comes with the blur alone', async () => {
    const me = await openMe()
    const field = me.get('.nickname-form input')
    expect(field.attributes('type')).toBe('nickname')
    await field.trigger('blur', { detail: { value: '微信里的名字' } })
    await me.get('.nickname-form .app-button').trigger('click')
    await settle()
    expect(useMe().user?.nickname).toBe('微信里的名字')
  })

  onH5('[WX33] a file that is no picture says so', async () => {
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('no picture')))
    const me = await openMe()
    const made = vi.spyOn(document, 'createElement')
    await me.get('.face-button').trigger('click')
    const input = made.mock.results.map(({ value }) => value as HTMLInputElement).find(({ type }) => type === 'file')!
    Object.defineProperty(input, 'files', { value: [new File(['x'], 'x.txt')] })
    input.onchange?.(new Event('change'))
    await settle()
    expect(useToast().current?.text).toContain('打不开')
    expect(fakes().roomApi.countOf('setPicture')).toBe(0)
    vi.unstubAllGlobals()
  })

  it('[WX33] a picture the server refuses says why', async () => {
    const me = await openMe()
    fakes().roomApi.fail('setPicture', 'PAYLOAD_TOO_LARGE')
    me.getComponent({ name: 'FaceButton' }).vm.$emit('choose', { filePath: 'a.jpg' })
    await settle()
    expect(useToast().current).toMatchObject({ tone: 'bad' })
    expect(me.get('.face-button image').attributes('src')).toMatch(/^data:/)
  })

  it('[WX31] a drawn face takes the place of the picture', async () => {
    const me = await openMe()
    me.getComponent({ name: 'FaceButton' }).vm.$emit('choose', { filePath: 'a.jpg' })
    await settle()
    expect(me.find('.face.chosen').exists()).toBe(false)
    await me.findAll('.face')[2].trigger('click')
    await settle()
    expect(useMe().user).toMatchObject({ avatar: 2, picture: undefined })
  })
})
