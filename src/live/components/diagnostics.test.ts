import type { MediaStatistics } from './media'
import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { describeDevice } from '@/src/adapters/uni/describeDevice'
import { useToast } from '@/src/stores/toast'
import { fakes } from '@/src/testing/fakeServices'
import { isH5 } from '@/src/testing/platform'
import { settle } from '@/src/testing/virtualClock'
import { useMediaLog } from '../composables/useMediaLog'
import { useDiagnostics } from '../stores/useDiagnostics'
import CopyDiagnostics from './CopyDiagnostics.vue'
import MediaPlayer from './MediaPlayer.vue'
import StatisticsSheet from './StatisticsSheet.vue'

const FIGURES: MediaStatistics = { at: 1, transport: 'rtmp', bitrateKbps: 800, fps: 24, width: 360, height: 640 }

/** A medium as MediaPusher and MediaPlayer are. */
function medium(address: string) {
  const emit = vi.fn()
  let logged!: (event: string, detail?: unknown) => void
  const wrapper = mount({
    setup() {
      logged = useMediaLog('pusher', () => address, emit)
      return () => null
    },
  })
  return { emit, wrapper, tell: (event: string, detail?: unknown) => logged(event, detail) }
}

describe('diagnostics', () => {
  it('[PB39] what a medium tells its page is written down on the way, under its stream\'s name', () => {
    const { emit, tell } = medium('rtmp://a/live/r1-u1?txSecret=abc')
    tell('status', 'live')
    tell('statistics', FIGURES)
    tell('diagnostic', { at: 1, code: 1101, text: 'statechange 1101' })
    expect(emit.mock.calls).toEqual([['status', 'live'], ['statistics', FIGURES], ['diagnostic', { at: 1, code: 1101, text: 'statechange 1101' }]])
    expect(useDiagnostics().lines.map(({ from, text }) => [from, text])).toEqual([['pusher r1-u1', 'status live'], ['pusher r1-u1', 'statechange 1101']])
  })

  it('[PB39] both wrappers write', async () => {
    const wrapper = mount(MediaPlayer, { props: { urls: { flv: 'http://a/live/r1-u2.flv?txSecret=abc', rtmp: '', expiresAt: 0 }, mode: 'live', isMuted: false, volume: 1, objectFit: 'cover' } })
    wrapper.getComponent({ name: isH5 ? 'MediaPlayerH5' : 'MediaPlayerMp' }).vm.$emit('status', 'live')
    expect(wrapper.emitted('status')).toEqual([['live']])
    expect(useDiagnostics().lines).toMatchObject([{ from: 'player r1-u2', text: 'status live' }])
    wrapper.unmount()
  })

  it('[PB40] one tap copies it all, the figures of media that are open only', async () => {
    const closed = medium('rtmp://a/live/r1-u9')
    closed.tell('statistics', FIGURES)
    closed.wrapper.unmount()
    medium('rtmp://a/live/r1-u1').tell('statistics', FIGURES)
    const wrapper = mount(StatisticsSheet, { props: { isOpen: true, roomId: 'r1', samples: [] } })
    await wrapper.get('.copy-diagnostics').trigger('click')
    await settle()
    const [copied] = fakes().platform.copied
    expect(copied).toContain('Lianmai 0.1.0\na phone, a system\nnetwork wifi\nroom r1\n')
    expect(copied).toContain('pusher r1-u1: rtmp, 800 kbit/s, 24 fps, 360×640')
    expect(copied).not.toContain('r1-u9')
    expect(useToast().current).toMatchObject({ text: '诊断信息已复制' })
  })

  it('[PB40] a refusal is told', async () => {
    fakes().platform.copy = async () => false
    await mount(CopyDiagnostics).trigger('click')
    await settle()
    expect(useToast().current).toMatchObject({ text: '没能复制诊断信息，请再试一次' })
  })

  it('[PB40] the device says what it is and nothing of its owner', async () => {
    vi.mocked(uni.getNetworkType).mockImplementation(({ success }: any) => success({ networkType: '4g' }))
    const lines = await describeDevice()
    if (isH5)
      expect(lines).toEqual([navigator.userAgent, expect.stringMatching(/^screen \d+×\d+ at \d/), 'network up'])
    else
      expect(lines).toEqual(['WeChat 8.0.50, base library 3.8.0', 'Apple iPhone, iOS 17.0', 'network 4g'])
  })
})
