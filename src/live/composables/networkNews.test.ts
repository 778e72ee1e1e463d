import type { MediaTrouble } from '../components/media'
import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, shallowRef } from 'vue'
import { useToast } from '@/src/stores/toast'
import { fakes } from '@/src/testing/fakeServices'
import { onH5, onMp } from '@/src/testing/platform'
import { useNetworkNews, WEAK_AGAIN_MS } from './useNetworkNews'

function open() {
  const trouble = shallowRef<MediaTrouble | null>(null)
  const wrapper = mount(defineComponent({
    setup() {
      useNetworkNews(() => trouble.value)
      return () => h('i')
    },
  }))
  async function meet(next: MediaTrouble | null) {
    trouble.value = next
    await nextTick()
    return useToast().current?.text
  }
  return { meet, wrapper }
}

describe('a weak network', () => {
  it('[RC34] is told, and not again within fifteen seconds', async () => {
    const { meet } = open()
    const { clock } = fakes()
    expect(await meet({ kind: 'weak' })).toContain('网络不稳定')
    useToast().hide()
    await meet(null)
    await clock.advance(WEAK_AGAIN_MS - 1)
    expect(await meet({ kind: 'weak' })).toBeUndefined()
    await meet(null)
    await clock.advance(1)
    expect(await meet({ kind: 'weak' })).toContain('网络不稳定')
  })

  it('[RC34] other troubles have their own place', async () => {
    expect(await open().meet({ kind: 'offline' })).toBeUndefined()
  })
})

describe('from wifi to a network that may cost money', () => {
  const connection = Object.assign(new EventTarget(), { type: 'wifi' })
  const listeners = new Set<(news: { networkType: string }) => void>()

  beforeEach(() => {
    connection.type = 'wifi'
    listeners.clear()
    Object.defineProperty(navigator, 'connection', { value: connection, configurable: true })
    Object.assign(uni, {
      getNetworkType: ({ success }: { success: (news: { networkType: string }) => void }) => success({ networkType: connection.type }),
      onNetworkStatusChange: (listener: (news: { networkType: string }) => void) => listeners.add(listener),
      offNetworkStatusChange: vi.fn((listener: (news: { networkType: string }) => void) => listeners.delete(listener)),
    })
  })

  function change(type: string) {
    connection.type = type
    connection.dispatchEvent(new Event('change'))
    listeners.forEach(listener => listener({ networkType: type }))
    return useToast().current?.text
  }

  function tellsOnce(mobile: string) {
    const first = open()
    expect(change('none')).toBeUndefined()
    expect(change(mobile)).toBe('正在使用移动网络')
    useToast().hide()
    change('wifi')
    expect(change(mobile)).toBeUndefined()
    first.wrapper.unmount()
    open()
    change('wifi')
    expect(change(mobile)).toBeUndefined()
  }

  onH5('[RC34] is told once while the app runs: the web', () => tellsOnce('cellular'))
  onMp('[RC34] is told once while the app runs: WeChat', () => tellsOnce('4g'))

  it('[RC34] who came by such a network knows it, and nobody listens after the page', () => {
    connection.type = '5g'
    const { wrapper } = open()
    expect(change('4g')).toBeUndefined()
    wrapper.unmount()
    expect(listeners.size).toBe(0)
  })
})
