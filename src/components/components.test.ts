import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { AVATAR_COUNT } from '@/shared/protocol/rest'
import { TOAST_MS, useToast } from '@/src/stores/toast'
import { fakes } from '@/src/testing/fakeServices'
import { onH5, onMp } from '@/src/testing/platform'
import AppAvatar from './AppAvatar.vue'
import AppButton from './AppButton.vue'
import AppIcon from './AppIcon.vue'
import AppTap from './AppTap.vue'
import AppToast from './AppToast.vue'
import { avatarArt } from './avatarArt'
import { coverArt } from './coverArt'
import { drawing } from './drawings'
import ErrorState from './ErrorState.vue'
import { iconMask, iconNames } from './icons'
import { liveIcons } from './liveIcons'

describe('pressing', () => {
  onH5('[UI1] a press works by pointer, Enter and Space, and says its role and name', async () => {
    const tap = mount(AppTap, { props: { label: '开播' } })
    const view = tap.get('[role=button]')
    expect(view.attributes()).toMatchObject({ 'tabindex': '0', 'aria-label': '开播' })
    await view.trigger('click')
    await view.trigger('keydown', { key: 'Enter' })
    await view.trigger('keydown', { key: ' ' })
    expect(tap.emitted('press')).toHaveLength(3)
  })

  onMp('[UI1] a press in a mini-program carries role and name', async () => {
    const tap = mount(AppTap, { props: { label: '开播' } })
    const view = tap.get('[aria-role=button]')
    expect(view.attributes('aria-label')).toBe('开播')
    await view.trigger('click')
    expect(tap.emitted('press')).toHaveLength(1)
  })

  it('[UI2] a disabled or busy button does nothing, and a busy one shows it', async () => {
    const button = mount(AppButton, { props: { label: '保存', isDisabled: true } })
    await button.get('.app-button').trigger('click')
    await button.setProps({ isDisabled: false, isLoading: true })
    await button.get('.app-button').trigger('click')
    expect(button.emitted('press')).toBeUndefined()
    expect(button.find('.spinner').exists()).toBe(true)
    await button.setProps({ isLoading: false })
    await button.get('.app-button').trigger('click')
    expect(button.emitted('press')).toHaveLength(1)
  })
})

describe('notices', () => {
  it('[UI3] a notice shows one at a time and leaves by itself', async () => {
    const wrapper = mount(AppToast)
    const toast = useToast()
    toast.show('已保存', 'good')
    await fakes().clock.advance(TOAST_MS - 1)
    toast.show('已复制')
    await fakes().clock.advance(TOAST_MS - 1)
    expect(wrapper.text()).toBe('已复制')
    await fakes().clock.advance(1)
    expect(wrapper.text()).toBe('')
    expect(fakes().clock.pending).toBe(0)
  })

  it('[UI6] a failure is told in words with the button that helps', async () => {
    const wrapper = mount(ErrorState, { props: { code: 'NETWORK' } })
    expect(wrapper.text()).toContain('连接不上服务器')
    expect(wrapper.text()).not.toContain('NETWORK')
    await wrapper.get('.app-button').trigger('click')
    expect(wrapper.emitted('action')).toHaveLength(1)
  })
})

describe('drawings', () => {
  it('[UI7] every built-in face is its own, and an unknown one still shows a face', () => {
    const faces = Array.from({ length: AVATAR_COUNT }, (_, avatar) => avatarArt(avatar))
    expect(new Set(faces).size).toBe(AVATAR_COUNT)
    expect(avatarArt(AVATAR_COUNT + 2)).toBe(faces[2])
    expect(avatarArt(-1)).toBe(faces[1])
  })

  it('[UI8] a room without a picture has a cover that stays the same and differs from its neighbours', () => {
    const ids = Array.from({ length: 40 }, (_, i) => `rroom${i}abc`)
    expect(coverArt(ids[0])).toBe(coverArt(ids[0]))
    expect(new Set(ids.map(coverArt)).size).toBe(ids.length)
  })

  it('drawings are well-formed pictures', () => {
    for (const uri of [avatarArt(0), coverArt('r1'), drawing('stage'), drawing('offline'), drawing('broken')]) {
      const svg = decodeURIComponent(uri.replace('data:image/svg+xml,', ''))
      expect(openTags(svg)).toEqual([])
      expect(svg).not.toContain('undefined')
    }
  })

  it('[UI9] an icon shows in the colour of the text around it and says nothing to a screen reader', () => {
    expect(iconNames()).toEqual(expect.arrayContaining(['back', ...Object.keys(liveIcons)]))
    for (const name of iconNames()) {
      const icon = mount(AppIcon, { props: { name, size: 20 } }).get('.app-icon')
      expect(icon.attributes('aria-hidden')).toBe('true')
      expect(icon.attributes('style')).toContain('width: 20px')
      expect(openTags(decodeURIComponent(iconMask(name)))).toEqual([])
    }
  })
})

/** The tags that were opened and not closed, or closed in the wrong order. */
function openTags(svg: string): string[] {
  const open: string[] = []
  for (const [tag] of svg.matchAll(/<[^>]+>/g)) {
    const name = tag.replace(/[<>/]/g, '').split(' ')[0]
    if (tag.startsWith('</') && open.at(-1) === name)
      open.pop()
    else if (!tag.endsWith('/>'))
      open.push(name)
  }
  return open
}

describe('a face', () => {
  it('[WX33] is the person\'s own picture, and the drawing when that does not load', async () => {
    const wrapper = mount(AppAvatar, { props: { avatar: 3, picture: '/pictures/a.jpg' } })
    const source = () => wrapper.get('image').attributes('src')
    expect(source()).toBe('http://127.0.0.1:8080/pictures/a.jpg')
    await wrapper.get('image').trigger('error')
    expect(source()).toMatch(/^data:/)
    await wrapper.setProps({ picture: '/pictures/b.jpg' })
    expect(source()).toBe('http://127.0.0.1:8080/pictures/b.jpg')
  })
})
