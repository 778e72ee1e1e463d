import type { PlayerHandle, PusherHandle } from '@/src/live/components/media'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { shallowRef } from 'vue'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, NOW } from '@/src/testing/fixtures'
import { settle } from '@/src/testing/virtualClock'
import { WEB_LIMITS } from '../sessions/chatLog'
import { useAnchorRoom } from './useAnchorRoom'
import { POSTER_AFTER_MS, useAudienceRoom } from './useAudienceRoom'
import { useChat } from './useChat'
import { usePusherChoice } from './usePusherChoice'
import { useSound } from './useSound'
import { KEPT_SAMPLES, useStatistics } from './useStatistics'

const roomId = 'rroom0000001'
const player = () => ({ start: vi.fn(), stop: vi.fn() }) as unknown as PlayerHandle
const pusher = () => ({ startPreview: vi.fn(async () => {}), start: vi.fn(), stop: vi.fn(), snapshot: vi.fn(async () => undefined) }) as unknown as PusherHandle

describe('the window on watching', () => {
  it('[UI62] the poster comes three seconds after the anchor went away, and counts down', async () => {
    fakes().roomApi.rooms = [aRoom()]
    const room = useAudienceRoom()
    const handle = player()
    room.usePlayer(handle)
    room.open(roomId)
    await settle()
    expect(handle.start).toHaveBeenCalledTimes(1)
    fakes().imClient.receive({ type: 'roomChanged', seq: 1, at: NOW, room: aRoom({ status: 'interrupted', interruptedAt: NOW, graceEndsAt: NOW + 60_000 }) })
    await fakes().clock.advance(POSTER_AFTER_MS - 1000)
    expect(room.isAway.value).toBe(false)
    await fakes().clock.advance(1000)
    expect(room.isAway.value).toBe(true)
    expect(room.graceMs.value).toBe(57_000)
    room.close()
    expect(fakes().clock.pending).toBe(0)
  })

  it('[UI79] counts the people whom chat counts, and before that those whom the room counts', async () => {
    fakes().roomApi.rooms = [aRoom({ viewers: 12 })]
    fakes().imClient.joined = { room: aRoom(), online: 13, messages: [] }
    const room = useAudienceRoom()
    room.open(roomId)
    expect(room.viewers.value).toBe(0)
    await settle()
    expect(room.viewers.value).toBe(13)
    expect(room.liveMs.value).toBe(50_000)
  })

  it('[LN39] adds to those whom chat counts the viewers elsewhere', async () => {
    fakes().roomApi.rooms = [aRoom({ viewers: 15, viewersElsewhere: 3 })]
    fakes().imClient.joined = { room: aRoom({ viewers: 15, viewersElsewhere: 3 }), online: 12, messages: [] }
    const room = useAudienceRoom()
    room.open(roomId)
    await settle()
    expect(room.viewers.value).toBe(15)
    fakes().imClient.setOnline(13)
    fakes().imClient.receive({ type: 'roomChanged', seq: 1, at: 0, room: aRoom({ viewers: 17, viewersElsewhere: 4 }) })
    await fakes().clock.advance(1000)
    expect(room.viewers.value).toBe(17)
  })

  it('[UI59] opening another room leaves the first', async () => {
    fakes().roomApi.rooms = [aRoom(), aRoom({ id: 'rroom0000002' })]
    const room = useAudienceRoom()
    room.open(roomId)
    await settle()
    fakes().imClient.joined = { ...fakes().imClient.joined, room: aRoom({ id: 'rroom0000002' }) }
    room.open('rroom0000002')
    await settle()
    expect(fakes().imClient.roomId).toBe('rroom0000002')
    expect(room.room.value?.id).toBe('rroom0000002')
  })
})

describe('the window on the broadcast', () => {
  it('[UI51] gives the pusher its addresses before it starts', async () => {
    const room = useAnchorRoom()
    const handle = pusher()
    let whipAtStart: string | undefined
    handle.start = () => {
      whipAtStart = room.onAir.value?.publish.whip
    }
    room.usePusher(handle)
    room.open()
    await settle()
    room.goLive('T')
    await fakes().clock.advance(3000)
    expect(whipAtStart).toMatch(/\/whip\//)
    room.close()
    expect(handle.stop).toHaveBeenCalledTimes(1)
    expect(fakes().clock.pending).toBe(0)
  })

  it('[UI50] back from the settings it looks again', async () => {
    const { deviceAccess } = fakes()
    deviceAccess.permissions.camera = 'denied'
    const room = useAnchorRoom()
    room.usePusher(pusher())
    room.open()
    await settle()
    expect(room.state.value).toMatchObject({ preview: { status: 'blocked', problem: 'CAMERA_DENIED' } })
    deviceAccess.permissions.camera = 'granted'
    await room.openSettings()
    await settle()
    expect(deviceAccess.settingsOpened).toBe(1)
    expect(room.state.value).toMatchObject({ preview: { status: 'showing' } })
  })

  it('[UI56] remembers what was sent, but does not ask for a screen without a tap', async () => {
    fakes().keyValue.write('pusherChoice', { source: 'screen', isMirrored: false, facing: 7 })
    expect(usePusherChoice().$state).toMatchObject({ source: 'screen', isMirrored: false, facing: 'front' })
    const room = useAnchorRoom()
    room.open()
    expect(usePusherChoice().source).toBe('camera')
    room.choose('pattern')
    expect(fakes().keyValue.read('pusherChoice')).toMatchObject({ source: 'pattern' })
  })
})

describe('the window on chat', () => {
  it('[UI59] shows what is said until it is stopped', async () => {
    const room = useAudienceRoom()
    const chat = useChat(room.channel, WEB_LIMITS)
    const stop = chat.start()
    room.channel.enter(roomId)
    await settle()
    expect(chat.send('hi')).toBe(true)
    expect(chat.pages.value.at(-1)?.rows.at(-1)).toMatchObject({ text: 'hi', mark: 'pending' })
    stop()
    await settle()
    expect(chat.pages.value.at(-1)?.rows.at(-1)).toMatchObject({ mark: 'pending' })
  })
})

it('keeps a minute of statistics', () => {
  const statistics = useStatistics()
  for (let at = 0; at < KEPT_SAMPLES + 5; at++)
    statistics.add({ at: at * 1000, transport: 'whip', bitrateKbps: 1500, fps: 25, width: 1280, height: 720, rttMs: 20, lossPercent: 0 })
  expect(statistics.samples.value).toHaveLength(KEPT_SAMPLES)
  expect(statistics.samples.value.at(-1)?.at).toBe(64_000)
  expect(statistics.grade.value).toBe('good')
})

describe('the sound of a room', () => {
  const unmuteByGesture = vi.fn()
  const create = () => useSound(shallowRef({ unmuteByGesture } as unknown as PlayerHandle))
  beforeEach(() => unmuteByGesture.mockClear())

  it('is the person\'s to switch', () => {
    const sound = create()
    sound.toggle()
    expect([sound.isMuted.value, sound.isSilent.value]).toEqual([true, true])
    sound.toggle()
    expect([sound.isMuted.value, sound.isSilent.value]).toEqual([false, false])
    expect(unmuteByGesture).not.toHaveBeenCalled()
  })

  it('goes with the volume', () => {
    const sound = create()
    sound.setVolume(0)
    expect(sound.isMuted.value).toBe(true)
    sound.setVolume(0.4)
    expect([sound.isMuted.value, sound.volume.value]).toEqual([false, 0.4])
    sound.setVolume(0)
    sound.toggle()
    expect([sound.isMuted.value, sound.volume.value]).toEqual([false, 1])
  })

  it.each<[string, (sound: ReturnType<typeof useSound>) => void]>([
    ['the pill', sound => sound.give()],
    ['the button', sound => sound.toggle()],
    ['the slider', sound => sound.setVolume(0.5)],
  ])('[UI65] refused by the browser, %s gives it back, as a tap does', (_, tap) => {
    const sound = create()
    sound.refuse()
    expect([sound.isRefused.value, sound.isSilent.value, sound.isMuted.value]).toEqual([true, true, false])
    sound.setVolume(0)
    expect(sound.isRefused.value).toBe(true)
    tap(sound)
    expect([sound.isRefused.value, sound.isSilent.value]).toEqual([false, false])
    expect(unmuteByGesture).toHaveBeenCalledTimes(1)
  })
})
