import { mount } from '@vue/test-utils'
import { beforeEach, expect, vi } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import { onH5, onMp } from '@/src/testing/platform'
import { settle } from '@/src/testing/virtualClock'
import { useKeepScreenOn } from './useKeepScreenOn'

const shown = new Set<() => void>()
const setKeepScreenOn = vi.fn()
const release = vi.fn()
const request = vi.fn(async () => ({ release }))

beforeEach(() => {
  vi.clearAllMocks()
  shown.clear()
  Object.assign(uni, { setKeepScreenOn, onAppShow: (listener: () => void) => shown.add(listener), offAppShow: (listener: () => void) => shown.delete(listener) })
  Object.defineProperty(navigator, 'wakeLock', { value: { request }, configurable: true })
})

function open() {
  const isOn = ref(false)
  const wrapper = mount(defineComponent({
    setup() {
      useKeepScreenOn(isOn)
      return () => h('i')
    },
  }))
  async function turn(on: boolean) {
    isOn.value = on
    await nextTick()
    await settle()
  }
  return { turn, wrapper }
}

onMp('[RC35] WeChat: on while it matters, again after the background, off when it is over or left', async () => {
  const { turn, wrapper } = open()
  const asked = () => setKeepScreenOn.mock.calls.map(([{ keepScreenOn }]) => keepScreenOn)
  shown.forEach(listener => listener())
  expect(asked()).toEqual([])
  await turn(true)
  shown.forEach(listener => listener())
  await turn(false)
  expect(asked()).toEqual([true, true, false])
  await turn(true)
  wrapper.unmount()
  expect(asked().at(-1)).toBe(false)
  expect(shown.size).toBe(0)
})

onH5('[RC35] the web: one lock while it matters, taken again when the tab is shown, released when it is over or left', async () => {
  const { turn, wrapper } = open()
  const show = () => document.dispatchEvent(new Event('visibilitychange'))
  await turn(true)
  show()
  await settle()
  expect([request, release].map(({ mock }) => mock.calls.length)).toEqual([2, 1])
  wrapper.unmount()
  await settle()
  expect(release).toHaveBeenCalledTimes(2)
  show()
  expect(request).toHaveBeenCalledTimes(2)
})
