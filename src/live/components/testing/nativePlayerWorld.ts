/** <live-player> on a phone of the test. */
import type { PhoneVersion } from './nativePusherWorld'
import type { PlayerWorld } from '@/tests/conformance/mediaPlayer'
import { mount } from '@vue/test-utils'
import { vi } from 'vitest'
import { createFakePlayerPhone } from '@/src/live/media/testing/fakeLiveTags'
import { fakes } from '@/src/testing/fakeServices'
import MediaPlayer from '../MediaPlayer.vue'
import { PLAYER_EVENTS, PLAYER_PROPS, record } from './told'
import { createUniEvents } from './uniEvents'

export async function openNativePlayer({ calls, liveCodes }: PhoneVersion): Promise<PlayerWorld> {
  const { clock } = fakes()
  const phone = createFakePlayerPhone(calls)
  const events = createUniEvents()
  vi.mocked(uni.createLivePlayerContext).mockReturnValue(phone.context as never)
  const told: PlayerWorld['told'][number][] = []
  const wrapper = mount(MediaPlayer, { props: PLAYER_PROPS, attrs: record(PLAYER_EVENTS, told) })
  const tag = () => wrapper.find('live-player')
  const happen = async (event: string, detail: object = {}) => {
    await clock.advance(0)
    await tag().trigger(event, { detail })
    await clock.advance(0)
  }
  const state = async (...codes: number[]) => {
    for (const code of codes)
      await happen('statechange', { code, message: 'as WeChat says' })
  }

  return {
    handle: wrapper.vm as never,
    clock,
    told,
    setMuted: isMuted => wrapper.setProps({ isMuted }),
    isSilent: () => tag().attributes('muted') === 'true',
    flow: () => state(...liveCodes),
    async look() {
      await clock.advance(1000)
      await happen('netstatus', { info: { videoBitrate: 752, audioBitrate: 48, videoFPS: 24, videoWidth: 720, videoHeight: 1280, netSpeed: 800, netQualityLevel: 1, videoCache: 900 } })
    },
    congest: () => state(2104, 2105),
    waver: () => state(3005, 2103),
    giveUp: () => state(3002, -2301),
    async hide() {
      events.fire('AppHide')
      await clock.advance(0)
    },
    async show() {
      events.fire('AppShow')
      await clock.advance(0)
    },
    moveToSmallWindow: isOn => happen(isOn ? 'enterpictureinpicture' : 'leavepictureinpicture'),
    async leave() {
      wrapper.unmount()
      await clock.advance(0)
    },
    held: () => [...phone.doing, ...events.listening(), ...clock.pending > 0 ? ['timer'] : []],
  }
}
