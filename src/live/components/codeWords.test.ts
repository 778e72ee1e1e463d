import type { MediaTrouble } from './media'
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { useSettings } from '@/src/stores/settings'
import { useMediaLog } from '../composables/useMediaLog'
import { useDiagnostics } from '../stores/useDiagnostics'
import WaitingPicture from './WaitingPicture.vue'

const TROUBLE: MediaTrouble = { kind: 'waiting', attempt: 2, until: 5000 }

function medium(kind: 'pusher' | 'player') {
  let tell!: (event: string, detail?: unknown) => void
  mount({
    setup() {
      tell = useMediaLog(kind, () => 'rtmp://a/live/r1-u1', () => {})
      return () => null
    },
  })
  return { hears: (code: number) => tell('diagnostic', { at: 1, code, text: `statechange ${code}` }), tell }
}
const screen = () => mount(WaitingPicture, { props: { patience: 'slow', trouble: TROUBLE } })

describe('numbers in words', () => {
  it('[DR12] a number that is known says what it means and what to do first', async () => {
    const wrapper = screen()
    medium('player').hears(-2301)
    await wrapper.vm.$nextTick()
    expect(wrapper.text()).toContain('重试后仍播放不了（−2301）。换 Wi-Fi 或移动网络再试')
    useSettings().languageChoice = 'en'
    await wrapper.vm.$nextTick()
    expect(wrapper.text()).toContain('Playing failed after several tries (−2301). Try another network, Wi-Fi or mobile.')
  })

  it('[DR12] one that means nothing to a person is not shown, and hides none', async () => {
    const wrapper = screen()
    const player = medium('player')
    player.hears(2007)
    await wrapper.vm.$nextTick()
    expect(wrapper.text()).not.toContain('2007')
    player.hears(3002)
    player.hears(2007)
    await wrapper.vm.$nextTick()
    expect(wrapper.text()).toContain('连不上服务器（3002）')
  })

  it('[DR12] it goes when the picture comes; a publisher\'s is not a viewer\'s', async () => {
    const wrapper = screen()
    const player = medium('player')
    medium('pusher').hears(-1307)
    await wrapper.vm.$nextTick()
    expect(wrapper.text()).not.toContain('1307')
    player.hears(3001)
    player.tell('status', 'live')
    await wrapper.vm.$nextTick()
    expect(wrapper.text()).not.toContain('3001')
    expect(useDiagnostics().codes).toEqual({ pusher: -1307 })
  })

  it('[DR12] a problem with a number is one too', () => {
    medium('pusher').tell('problem', { code: 'DEVICE_BUSY', nativeCode: -1301 })
    expect(useDiagnostics().codes).toEqual({ pusher: -1301 })
  })
})
