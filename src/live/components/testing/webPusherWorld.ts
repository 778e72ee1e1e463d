/** WHIP in a browser of the test. */
import type { Browser } from '@/src/live/media/web/browser'
import type { PusherWorld, Told } from '@/tests/conformance/mediaPusher'
import { mount } from '@vue/test-utils'
import { createFakeBrowser, createFakeVideo, stubAudioNodes } from '@/src/live/media/testing/fakeMedia'
import { createFakeMusic } from '@/src/live/media/testing/fakeMusic'
import { fakes } from '@/src/testing/fakeServices'
import MediaPusher from '../MediaPusher.vue'
import { PUSHER_EVENTS, PUSHER_PROPS, record } from './told'

/** What the component is to be given in the place of the window's own. */
export interface Provided {
  browser: Browser
  video: HTMLVideoElement
}

/**
 * @param provide hands them to the component that is mounted
 * @param capabilities of the camera, as MediaTrackCapabilities have them
 */
export async function openWebPusher(provide: (provided: Provided) => void, capabilities: object): Promise<PusherWorld> {
  stubAudioNodes()
  const { clock } = fakes()
  const fake = createFakeBrowser({ clock, tick: clock.every })
  const music = createFakeMusic()
  const screen = createFakeVideo()
  fake.devices.capabilities = capabilities
  const fetch = (url: string, init: RequestInit) => url.endsWith('.mp3') ? music.fetch() : fake.fetch(url, init)
  provide({ video: screen.video, browser: { ...fake.browser, fetch: fetch as never, createAudio: () => music.element } })

  const told: Told[] = []
  const wrapper = mount(MediaPusher, { props: PUSHER_PROPS, attrs: record(PUSHER_EVENTS, told) })
  const peer = () => fake.peers.at(-1)!
  const camera = () => fake.devices.given.filter(({ kind }) => kind === 'video').at(-1)!
  const totals = { bytesSent: 0, framesEncoded: 0, packetsSent: 0, packetsLost: 0 }

  async function look(lost = 0) {
    totals.bytesSent += 100_000
    totals.framesEncoded += 24
    totals.packetsSent += 100
    totals.packetsLost += lost
    peer().report = new Map<string, object>([
      ['video', { type: 'outbound-rtp', kind: 'video', frameWidth: 720, frameHeight: 1280, ...totals }],
      ['far', { type: 'remote-inbound-rtp', packetsLost: totals.packetsLost }],
    ])
    await clock.advance(1000)
  }

  async function move(...states: RTCPeerConnectionState[]) {
    await clock.advance(0)
    states.forEach(state => peer().moveTo(state))
    await clock.advance(0)
  }

  async function startFlow() {
    Object.assign(totals, { bytesSent: 0, framesEncoded: 0, packetsSent: 0, packetsLost: 0 })
    await move('connected')
  }

  return {
    handle: wrapper.vm as never,
    clock,
    told,
    setMuted: isMuted => wrapper.setProps({ isMuted }),
    isSilent: () => !(peer().transceivers[1].sender.track as { enabled: boolean }).enabled,
    async showPicture() {
      Object.assign(screen.state, { videoWidth: 720, videoHeight: 1280 })
      screen.fire('resize')
    },
    flow: startFlow,
    look,
    async congest() {
      for (let second = 0; second < 8; second++)
        await look(20)
    },
    waver: () => move('disconnected'),
    giveUp: () => move('failed'),
    async take() {
      camera().dispatchEvent(new Event('mute'))
      await clock.advance(0)
    },
    async giveBack() {
      camera().dispatchEvent(new Event('unmute'))
      await clock.advance(0)
    },
    hide: async () => fake.fire('pageHide'),
    show: async () => fake.fire('pageVisible'),
    hearMusic: async ms => music.playTo(ms),
    endMusic: async () => void music.end(),
    spoilMusic: music.spoil,
    async leave() {
      wrapper.unmount()
      await clock.advance(0)
    },
    held: () => [
      ...fake.devices.open.map(({ kind }) => kind),
      ...fake.peers.filter(({ isClosed }) => !isClosed).map(() => 'connection'),
      ...clock.pending > 0 ? ['timer'] : [],
    ],
  }
}
