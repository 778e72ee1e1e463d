/** FLV in a browser of the test. */
import type { Provided } from './webPusherWorld'
import type { PlayerWorld } from '@/tests/conformance/mediaPlayer'
import { mount } from '@vue/test-utils'
import { createFakeBrowser, createFakeVideo } from '@/src/live/media/testing/fakeMedia'
import { fakes } from '@/src/testing/fakeServices'
import MediaPlayer from '../MediaPlayer.vue'
import { PLAYER_EVENTS, PLAYER_PROPS, record } from './told'

/** @param provide hands them to the component that is mounted */
export async function openWebPlayer(provide: (provided: Provided) => void): Promise<PlayerWorld> {
  const { clock } = fakes()
  const fake = createFakeBrowser({ clock, tick: clock.every })
  const screen = createFakeVideo()
  const { state } = screen
  provide({ video: screen.video, browser: fake.browser })

  const told: PlayerWorld['told'][number][] = []
  const wrapper = mount(MediaPlayer, { props: PLAYER_PROPS, attrs: record(PLAYER_EVENTS, told) })
  const stream = () => fake.players.at(-1)!

  /** A second of the stream. */
  async function play(frames: number) {
    state.frames += frames
    state.currentTime += 1
    state.edge = state.currentTime + 0.9
    stream().emit('statistics', { speed: 100 })
    await clock.advance(1000)
  }

  return {
    handle: wrapper.vm as never,
    clock,
    told,
    setMuted: isMuted => wrapper.setProps({ isMuted }),
    isSilent: () => screen.video.muted,
    async flow() {
      await clock.advance(0)
      Object.assign(state, { videoWidth: 720, videoHeight: 1280 })
      screen.fire('resize')
      screen.fire('loadeddata')
      await play(24)
    },
    look: () => play(24),
    async congest() {
      for (let second = 0; second < 8; second++)
        await play(5)
    },
    waver: () => clock.advance(3000),
    async giveUp() {
      stream().emit('error', 'NetworkError', 'Exception', { code: -1 })
      await clock.advance(0)
    },
    hide: async () => fake.fire('pageHide'),
    show: async () => fake.fire('pageVisible'),
    moveToSmallWindow: async isOn => void screen.fire(isOn ? 'enterpictureinpicture' : 'leavepictureinpicture'),
    async leave() {
      wrapper.unmount()
      await clock.advance(0)
    },
    held: () => [
      ...fake.players.filter(({ isDestroyed }) => !isDestroyed).map(() => 'connection'),
      ...clock.pending > 0 ? ['timer'] : [],
    ],
  }
}
