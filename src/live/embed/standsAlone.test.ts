/** With its real pushers and players, in an app that has none of our stores. */
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom } from '@/src/testing/fixtures'
import { onH5, onMp } from '@/src/testing/platform'
import { settle } from '@/src/testing/virtualClock'
import LianmaiLiveRoom from './lianmai-live-room.vue'
import { change, logIn, logOut, ROOM } from './testing/openPage'

enableAutoUnmount(afterEach)
beforeEach(() => {
  setActivePinia(undefined)
  fakes().roomApi.rooms = [aRoom()]
  fakes().imClient.joined = { room: aRoom(), online: 1, messages: [] }
  logIn()
})
afterEach(logOut)

async function open(props: Record<string, unknown>) {
  const page = mount(LianmaiLiveRoom, { props, global: { plugins: [] } })
  page.vm.start()
  await settle()
  return page
}

/** Everything that the tags' contexts are asked. */
function contexts() {
  const asked = Object.fromEntries(['start', 'stop', 'pause', 'resume', 'play', 'switchCamera', 'snapshot', 'stopPreview'].map(name => [name, vi.fn((options: { success?: (answer: object) => void }) => options.success?.({}))]))
  vi.mocked(uni.createLivePusherContext).mockReturnValue(asked as never)
  vi.mocked(uni.createLivePlayerContext).mockReturnValue(asked as never)
  return asked
}

onMp('[CO22] [CO4] in WeChat an anchor\'s tag starts, and stops for certain', async () => {
  const asked = contexts()
  const page = await open({ role: 'anchor' })
  const [{ id }] = fakes().roomApi.rooms
  expect(page.find('live-pusher').attributes()).toMatchObject({ 'url': expect.stringContaining(id), 'mode': 'RTC', 'beauty': '5', 'max-bitrate': '850' })
  expect(asked.start).toHaveBeenCalledOnce()
  await page.find('live-pusher').trigger('statechange', { detail: { code: 1002 } })
  await change({ status: 'live' }, id)
  expect(page.emitted('roomEvent')).toMatchObject([[{ detail: { tag: 'created' } }]])
  page.unmount()
  await fakes().clock.advance(60_000)
  expect(asked.stop).toHaveBeenCalled()
  expect(fakes().clock.pending).toBe(0)
})

onMp('[CO22] [CO7] in WeChat the audience\'s tag plays', async () => {
  const asked = contexts()
  const page = await open({ roomid: ROOM })
  expect(page.find('live-player').attributes('src')).toContain('.flv')
  expect(asked.play).toHaveBeenCalledOnce()
})

onMp('[CO8] in WeChat without live tags it is said', async () => {
  fakes().platform.isDevTools = true
  contexts()
  const page = await open({ roomid: ROOM })
  await fakes().clock.advance(1000)
  expect(page.emitted('roomEvent')).toMatchObject([[{ detail: { tag: 'error', code: -2301, detail: expect.stringContaining('直播组件') } }]])
})

onH5('[CO22] [CO7] on the web the audience has a picture', async () => {
  const page = await open({ roomid: ROOM })
  expect(page.find('.player video').exists()).toBe(true)
})
