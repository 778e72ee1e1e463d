import type { Whom } from './attributes'
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, aUser, publishUrls } from '@/src/testing/fixtures'
import { onMp } from '@/src/testing/platform'
import { settle } from '@/src/testing/virtualClock'
import { REST_MS } from './EmbeddedRoom'
import { change, happen, logIn, logOut, openPage, player, pusher } from './testing/openPage'

/** The first that the fake server makes. */
const made = 'rnew00000001'
const mei = aUser({ id: 'uguest000001', nickname: '阿梅' })
const at = () => fakes().clock.now()
enableAutoUnmount(afterEach)

beforeEach(() => {
  vi.clearAllMocks()
  logIn()
})
afterEach(logOut)

/** On air, with the picture at the server. */
async function broadcast(props: Record<string, unknown> = {}) {
  const world = openPage({ role: 'anchor', roomname: '周末弹唱', ...props })
  await world.start()
  const [{ id }] = fakes().roomApi.rooms
  await world.push('connecting', 'live')
  await change({ status: 'live', startedAt: at() }, id)
  return { ...world, id }
}

async function apply(roomId: string, user = mei, requestId = `of-${user.id}`) {
  await happen(roomId, { type: 'apply', user, requestId, medium: 'video', isHere: true, at: at() })
}

async function seat(roomId: string, user = mei) {
  await apply(roomId, user)
  await happen(roomId, { type: 'accept', userId: user.id, requestId: `of-${user.id}`, at: at() }, { type: 'published', userId: user.id, sessionId: 's', at: at() })
}

describe('the anchor\'s room', () => {
  it('[CO2] [CO4] is made by start(), gets the picture, and is told of when the server has it', async () => {
    const { events, id, pushers } = await broadcast()
    expect(fakes().roomApi.calls.find(({ method }) => method === 'createRoom')!.args).toEqual([{ title: '周末弹唱' }])
    expect(pusher.start).toHaveBeenCalledTimes(1)
    expect(pushers()[0].props()).toMatchObject({ whip: publishUrls(`${id}-ume000000001`).whip, source: 'camera' })
    expect(events()).toEqual([{ tag: 'created', code: 0, detail: { roomID: id } }])
  })

  it('[CO4] without a name it is called after its anchor, and start() twice makes one', async () => {
    const { start } = openPage({ role: 'anchor' })
    await start()
    await start()
    expect(fakes().roomApi.rooms.map(({ title }) => title)).toEqual(['小海豚 的直播间'])
  })

  it('[CO4] one of one\'s own that still runs goes on', async () => {
    fakes().roomApi.rooms = [aRoom({ anchor: fakes().roomApi.session.user })]
    const { start, told } = openPage({ role: 'anchor', roomid: 'rroom0000001' })
    await start()
    expect([fakes().roomApi.countOf('createRoom'), pusher.start.mock.calls.length, told()]).toEqual([0, 1, ['created 0']])
  })

  it('[CO4] that a reload has left goes on under start(), as long as it waits', async () => {
    const { id } = await broadcast()
    const kept = fakes().windowStore.read('runningRoom')
    logOut() // as if the window were gone, with all that was in it
    fakes().windowStore.write('runningRoom', kept)
    await settle()
    fakes().roomApi.rooms = fakes().roomApi.rooms.map(room => ({ ...room, status: 'interrupted' as const }))
    logIn()
    const again = openPage({ role: 'anchor' })
    await again.start()
    expect([fakes().roomApi.rooms.map(room => room.id), fakes().roomApi.countOf('createRoom')]).toEqual([[id], 1])
    again.page.unmount()
    await settle()
    expect(fakes().roomApi.rooms[0].status).toBe('ended')
    const third = openPage({ role: 'anchor' })
    await third.start()
    expect(fakes().roomApi.countOf('createRoom')).toBe(2)
  })

  it('[CO4] a roomid of another shape is not taken', async () => {
    const { events, id } = await broadcast({ roomid: 'room_1700000000000_1234' })
    expect([id, events()[0].detail]).toEqual([made, { roomID: made }])
  })

  it('[CO4] a role that changes meanwhile counts from the next start()', async () => {
    const { page, room, start, pushers, players } = await broadcast()
    await page.setProps({ role: 'audience', roomid: 'rroom0000001' })
    expect([pushers().length, players().length]).toEqual([1, 0])
    room.stop()
    await start()
    expect([pushers().length, players().length]).toEqual([0, 1])
  })

  it('[CO4] somebody else\'s cannot be taken', async () => {
    fakes().roomApi.rooms = [aRoom()]
    const { start, events, page } = openPage({ role: 'anchor', roomid: 'rroom0000001' })
    await start()
    expect(events()).toEqual([{ tag: 'error', code: -9003, detail: '只有主播才能这样做。' }])
    page.unmount()
    expect(fakes().roomApi.countOf('endRoom')).toBe(0)
  })

  it('[CO5] that cannot be made for want of a network is tried until it can', async () => {
    fakes().roomApi.fail('createRoom', 'NETWORK', 3)
    const { start, told, events } = openPage({ role: 'anchor' })
    await start()
    await fakes().clock.advance(10_000)
    expect(told()).toEqual(['trouble -9001', 'recovered -9001'])
    expect(events()[0].detail).toBe('连接不上服务器，请检查网络。')
    expect(pusher.start).toHaveBeenCalledTimes(1)
  })

  it('[CO5] that is refused is an error', async () => {
    fakes().roomApi.fail('createRoom', 'TOO_MANY_ROOMS')
    const { page, start, events } = openPage({ role: 'anchor' })
    await start()
    expect(events()).toEqual([{ tag: 'error', code: -9001, detail: '你还有没结束的直播，请先结束它。' }])
    expect(page.find('.notice').exists()).toBe(false)
  })

  it('[CO6] that the server ends is told of once', async () => {
    const { id, told, page } = await broadcast()
    await change({ status: 'ended', endedAt: at(), endReason: 'operator' }, id)
    expect(told()).toEqual(['created 0', 'roomClosed -9006'])
    expect(page.text()).toContain('直播已经结束')
    page.unmount()
    expect(fakes().roomApi.countOf('endRoom')).toBe(0)
  })
})

describe('an anchor\'s stream', () => {
  it('[CO8] that breaks off is told once, and once when it is back; nobody leaves', async () => {
    const { push, told, page } = await broadcast()
    await push('interrupted', 'connecting', 'interrupted')
    await push('live')
    await push('interrupted')
    await push('live')
    expect(told()).toEqual(['created 0', 'trouble -1307', 'recovered -1307', 'trouble -1307', 'recovered -1307'])
    expect(fakes().roomApi.countOf('endRoom')).toBe(0)
    expect(page.findComponent({ name: 'EmbeddedPusher' }).exists()).toBe(true)
  })

  it('[CO8] that gave up is tried with new addresses, and then again after a rest', async () => {
    const { push, told } = await broadcast()
    fakes().roomApi.fail('getRoom', 'NETWORK')
    await push('failed')
    await settle()
    expect(told()).toEqual(['created 0', 'trouble -1307'])
    await fakes().clock.advance(REST_MS)
    await push('connecting', 'live')
    expect(told().slice(2)).toEqual(['recovered -1307'])
    expect(pusher.start).toHaveBeenCalledTimes(2)
  })

  it.each([
    ['CAMERA_DENIED', undefined, -1301],
    ['NO_MICROPHONE', undefined, -1302],
    ['DEVICE_BUSY', -1305, -1305],
    ['UNSUPPORTED', undefined, -1],
    ['REPLACED', undefined, -1307],
  ])('[CO8] %s (%s) needs a person: an error, told once', async (code, nativeCode, told) => {
    const { events, pushers, push } = await broadcast()
    pushers()[0].vm.$emit('problem', { code, nativeCode })
    await push('failed')
    await fakes().clock.advance(REST_MS * 3)
    const errors = events().filter(({ tag }) => tag === 'error')
    expect(errors.map(error => error.code)).toEqual([told])
    expect(errors[0].detail).toEqual(expect.stringMatching(/[\u4E00-\u9FFF]{4}/))
  })

  it('[CO8] goes on after start() when what was missing is there', async () => {
    const { pushers, push, start } = await broadcast()
    pushers()[0].vm.$emit('problem', { code: 'CAMERA_DENIED' })
    await push('failed')
    await start()
    expect(pusher.start).toHaveBeenCalledTimes(2)
  })

  it('[CO8] a call that takes the microphone pauses it, and it goes on by itself', async () => {
    const { pushers, told } = await broadcast()
    const trouble = (it: object | null) => pushers()[0].vm.$emit('trouble', it)
    trouble({ kind: 'paused', by: 'call' })
    trouble({ kind: 'paused', by: 'system' })
    trouble(null)
    trouble({ kind: 'paused', by: 'person' })
    expect(told()).toEqual(['created 0', 'trouble 5000', 'recovered 5000'])
  })
})

describe('guests at the anchor\'s', () => {
  it('[CO9] who asks is told once, with name and face; the answer lets them in', async () => {
    const { id, events, room } = await broadcast()
    await apply(id)
    await change({}, id)
    expect(events().slice(1)).toEqual([{ tag: 'requestJoinAnchor', code: 0, detail: { userID: mei.id, userName: '阿梅', userAvatar: expect.stringContaining('data:image'), requestID: `of-${mei.id}` } }])
    room.respondJoinAnchor(true, events()[1].detail as Whom)
    await settle()
    expect(fakes().roomApi.stageOf(id).public.guests).toMatchObject([{ user: mei, seat: 1 }])
  })

  it('[CO9] or keeps them out; and who asks again is told again', async () => {
    const { id, told, room } = await broadcast()
    await apply(id)
    room.respondJoinAnchor(false, { userID: mei.id })
    await settle()
    expect(fakes().roomApi.stageOf(id).stage.guests).toEqual([])
    await fakes().clock.advance(11_000)
    await happen(id, { type: 'apply', user: mei, requestId: 'again', medium: 'video', isHere: true, at: at() })
    expect(told()).toEqual(['created 0', 'requestJoinAnchor 0', 'requestJoinAnchor 0'])
  })

  it('[CO9] an answer to who is gone changes nothing', async () => {
    const { id, room } = await broadcast()
    await apply(id)
    await happen(id, { type: 'leave', userId: mei.id, requestId: `of-${mei.id}`, at: at() })
    room.respondJoinAnchor(true, { userID: mei.id })
    room.respondJoinAnchor(true, undefined)
    await settle()
    expect(fakes().roomApi.countOf('linkMic')).toBe(0)
  })

  it('[CO9] a yes that the server refuses is told', async () => {
    const { id, room, events } = await broadcast()
    await apply(id)
    fakes().roomApi.fail('linkMic', 'LINK_MIC_STAGE_FULL')
    room.respondJoinAnchor(true, mei.id)
    await settle()
    await change({}, id)
    expect(events().slice(2)).toEqual([{ tag: 'error', code: -9004, detail: '连麦位已满，请先等一位嘉宾下麦。' }])
  })

  it('[CO7] [CO14] have a tile with their stream, and a cross that takes them off', async () => {
    const { id, page, players } = await broadcast()
    await seat(id)
    await settle()
    expect(page.find('.room-tile').text()).toContain('阿梅')
    expect(players()[0].props()).toMatchObject({ urls: { flv: expect.stringContaining(`${id}-${mei.id}`) }, mode: 'lowLatency' })
    expect(player.start).toHaveBeenCalled()
    await page.find('.room-tile .app-tap').trigger('click')
    await settle()
    expect(fakes().roomApi.stageOf(id).public.guests).toEqual([])
    await change({}, id)
    expect(page.find('.room-tile').exists()).toBe(false)
  })

  it.each([
    ['an id', (id: string) => id],
    ['a person', (id: string) => ({ userID: id })],
    ['an event of the old template', (id: string) => ({ currentTarget: { dataset: { userid: id } } })],
  ])('[CO14] are removed by %s', async (_, whom) => {
    const { id, room } = await broadcast()
    await seat(id)
    room.kickoutJoinAnchor(whom(mei.id))
    await settle()
    expect(fakes().roomApi.stageOf(id).public.guests).toEqual([])
  })

  it('[CO14] nobody is removed by what names nobody', async () => {
    const { id, room } = await broadcast()
    await seat(id)
    room.kickoutJoinAnchor(undefined)
    room.kickoutJoinAnchor({ currentTarget: {} })
    await settle()
    expect(fakes().roomApi.countOf('linkMic')).toBe(0)
  })
})

describe('stopping a broadcast', () => {
  /** Nothing waits, nobody listens, and the socket is closed. */
  const nothingIsLeft = () => expect([fakes().clock.pending, fakes().imClient.listenerCount, fakes().imClient.state.status]).toEqual([0, 0, 'offline'])

  it.each([
    ['on air', async () => broadcast()],
    ['before the picture is there', async () => {
      const world = openPage({ role: 'anchor' })
      await world.start()
      return world
    }],
    ['with a guest', async () => {
      const world = await broadcast()
      await seat(world.id)
      return world
    }],
    ['in an outage', async () => {
      const world = await broadcast()
      await world.push('interrupted')
      return world
    }],
  ])('[CO16] %s, its end ends the room and leaves nothing', async (_, open) => {
    const { page } = await open()
    page.unmount()
    await settle()
    expect(fakes().roomApi.rooms[0].status).toBe('ended')
    expect(pusher.stop).toHaveBeenCalled()
    nothingIsLeft()
  })

  it('[CO16] while the room is being made: it is ended as soon as it is there', async () => {
    const release = fakes().roomApi.hold('createRoom')
    const { page, start } = openPage({ role: 'anchor' })
    await start()
    page.unmount()
    release()
    await settle()
    expect(fakes().roomApi.rooms).toMatchObject([{ id: made, status: 'ended' }])
    nothingIsLeft()
  })

  it('[CO16] while it waits to be tried again', async () => {
    fakes().roomApi.fail('createRoom', 'NETWORK', 9)
    const { page, start, room } = openPage({ role: 'anchor' })
    await start()
    room.stop()
    room.stop()
    page.unmount()
    await fakes().clock.advance(60_000)
    expect(fakes().roomApi.countOf('createRoom')).toBe(1)
    nothingIsLeft()
  })

  it('[CO16] after stop() the same page may start anew, and is told of nothing in between', async () => {
    const { room, start, told, id } = await broadcast()
    room.stop()
    await change({ status: 'ended' }, id)
    await start()
    expect(fakes().roomApi.countOf('createRoom')).toBe(2)
    expect(told()).toEqual(['created 0'])
  })

  it('[CO19] a logout stops it', async () => {
    await broadcast()
    logOut()
    await settle()
    expect(fakes().roomApi.rooms[0].status).toBe('ended')
    nothingIsLeft()
  })
})

describe('before the login', () => {
  it('[CO3] start() says so once, and begins when somebody logs in', async () => {
    logOut()
    const { events, start, told, page } = openPage({ role: 'anchor' })
    await start()
    await start()
    expect(events()).toEqual([{ tag: 'trouble', code: -9002, detail: expect.stringContaining('login()') }])
    expect(page.findComponent({ name: 'EmbeddedPusher' }).exists()).toBe(false)
    logIn()
    await settle()
    expect(told()).toEqual(['trouble -9002', 'recovered -9002'])
    expect(fakes().roomApi.countOf('createRoom')).toBe(1)
  })

  it('[CO3] [CO16] who has left the page is not put on air by a login', async () => {
    logOut()
    const { page, start } = openPage({ role: 'anchor' })
    await start()
    page.unmount()
    logIn()
    await settle()
    expect(fakes().roomApi.countOf('createRoom')).toBe(0)
  })
})

describe('what an anchor sends', () => {
  it('[CO1] a text that says no means no', async () => {
    const { page, pushers } = await broadcast({ muted: 'false', pureaudio: 'false', debug: 'false', beauty: '7' })
    expect(pushers()[0].props()).toMatchObject({ isMuted: false, source: 'camera', attributes: { beauty: 7 } })
    expect(page.find('.log').exists()).toBe(false)
    await page.setProps({ muted: 'true', pureaudio: '', debug: true, beauty: 'x' })
    expect(pushers()[0].props()).toMatchObject({ isMuted: true, source: 'none', attributes: { beauty: 5 } })
    expect(page.find('.log').exists()).toBe(true)
    await page.setProps({ muted: '0', beauty: 99 })
    expect(pushers()[0].props()).toMatchObject({ isMuted: false, attributes: { beauty: 9 } })
  })

  it('[CO15] is muted, made beautiful, turned, paused and resumed by the methods', async () => {
    const { pushers, room } = await broadcast()
    room.toggleMuted()
    room.toggleBeauty()
    await nextTick()
    expect(pushers()[0].props()).toMatchObject({ isMuted: true, attributes: { beauty: 0 } })
    room.toggleMuted()
    room.toggleBeauty()
    await nextTick()
    expect(pushers()[0].props()).toMatchObject({ isMuted: false, attributes: { beauty: 5 } })
    room.switchCamera()
    room.pause()
    room.resume()
    expect([pusher.switchCamera, pusher.pause, pusher.resume].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1])
  })

  it('[CO15] methods before start() do nothing', async () => {
    const { room, told } = openPage({ role: 'anchor' })
    for (const name of ['stop', 'pause', 'resume', 'requestJoinAnchor', 'switchCamera', 'toggleBeauty', 'toggleMuted', 'quitLink', 'link'] as const)
      room[name]()
    room.respondJoinAnchor(true, { userID: mei.id })
    room.respondInvitation(true)
    room.kickoutJoinAnchor(mei.id)
    expect(await room.sendTextMsg('你好')).toBe(false)
    expect(told()).toEqual([])
  })

  it('[CO17] its slots are those of the anchor', async () => {
    const slots = { caster: '<b class="a" />', casterBackButton: '<b class="b" />', audience: '<b class="c" />', audienceBackButton: '<b class="d" />' }
    const { page } = openPage({ role: 'anchor' }, slots)
    expect(['.a', '.b', '.c', '.d'].map(slot => page.find(slot).exists())).toEqual([true, true, false, false])
    await page.setProps({ role: 'audience' })
    expect(['.a', '.b', '.c', '.d'].map(slot => page.find(slot).exists())).toEqual([false, false, true, true])
  })

  onMp('[CO23] the screen stays on while it runs', async () => {
    const { room } = await broadcast()
    expect(uni.setKeepScreenOn).toHaveBeenLastCalledWith({ keepScreenOn: true })
    room.stop()
    await nextTick()
    expect(uni.setKeepScreenOn).toHaveBeenLastCalledWith({ keepScreenOn: false })
  })
})
