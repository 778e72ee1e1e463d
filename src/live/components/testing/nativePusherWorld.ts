/** <live-pusher> on a phone of the test. */
import type { PusherWorld, Told } from '@/tests/conformance/mediaPusher'
import { mount } from '@vue/test-utils'
import { vi } from 'vitest'
import { createFakePusherPhone } from '@/src/live/media/testing/fakeLiveTags'
import { fakes } from '@/src/testing/fakeServices'
import MediaPusher from '../MediaPusher.vue'
import { PUSHER_EVENTS, PUSHER_PROPS, record } from './told'
import { createUniEvents } from './uniEvents'

export interface PhoneVersion {
  /** What the context has beside start, stop and their like; undefined: everything. */
  readonly calls?: readonly string[]
  /** Which numbers say that it works, where others are left out or nobody explains them. */
  readonly liveCodes: readonly number[]
}

export async function openNativePusher({ calls, liveCodes }: PhoneVersion): Promise<PusherWorld> {
  const { clock } = fakes()
  const phone = createFakePusherPhone(calls)
  const events = createUniEvents()
  vi.mocked(uni.createLivePusherContext).mockReturnValue(phone.context as never)
  const told: Told[] = []
  const wrapper = mount(MediaPusher, { props: PUSHER_PROPS, attrs: record(PUSHER_EVENTS, told) })
  const tag = () => wrapper.find('live-pusher')
  const happen = async (event: string, detail: object = {}) => {
    await tag().trigger(event, { detail })
    await clock.advance(0)
  }
  const state = async (...codes: number[]) => {
    for (const code of codes)
      await happen('statechange', { code, message: 'as WeChat says' })
  }
  const look = async () => {
    await clock.advance(1000)
    await happen('netstatus', { info: { videoBitrate: 752, audioBitrate: 48, videoFPS: 24, videoWidth: 720, videoHeight: 1280, netSpeed: 800, netQualityLevel: 1 } })
  }
  let isMusicSpoilt = false
  const { playBGM } = phone.context
  phone.context.playBGM = (options) => {
    playBGM(options) // accepted, whatever comes of it
    void (isMusicSpoilt ? happen('error', { errCode: 10003, errMsg: 'bgm' }) : happen('bgmstart'))
  }

  return {
    handle: wrapper.vm as never,
    clock,
    told,
    setMuted: isMuted => wrapper.setProps({ isMuted }),
    isSilent: () => tag().attributes('muted') === 'true',
    showPicture: () => state(1003, 1007),
    flow: () => state(...liveCodes),
    look,
    congest: () => state(1101, 1101),
    waver: () => state(3005, 1102),
    giveUp: () => state(3002, -1307),
    take: () => state(5000),
    giveBack: async () => {
      events.fire('AudioInterruptionEnd')
      await clock.advance(0)
    },
    async hide() {
      phone.isInBackground = true
      events.fire('AppHide')
      await clock.advance(0)
    },
    async show() {
      phone.isInBackground = false
      events.fire('AppShow')
      await clock.advance(0)
    },
    hearMusic: ms => happen('bgmprogress', { progress: ms, duration: 60_000 }),
    endMusic: () => happen('bgmcomplete'),
    spoilMusic: () => isMusicSpoilt = true,
    async leave() {
      wrapper.unmount()
      await clock.advance(0)
    },
    held: () => [...phone.doing, ...events.listening(), ...clock.pending > 0 ? ['timer'] : []],
  }
}
