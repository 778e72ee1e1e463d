import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { APPLY_TIMEOUT_MS } from '@/shared/domain/linkMic'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, aUser, NOW, playUrls, publishUrls } from '@/src/testing/fixtures'
import { settle } from '@/src/testing/virtualClock'
import { AUDIENCE_SPREAD_MS } from '../sessions/StageSession'
import { REST_MS } from './EmbeddedRoom'
import { change, happen, logIn, logOut, openPage, player, pusher, requestOf, ROOM } from './testing/openPage'

const mei = aUser({ id: 'uguest000001', nickname: '阿梅' })
const me = () => fakes().roomApi.session.user
const at = () => fakes().clock.now()
enableAutoUnmount(afterEach)

beforeEach(() => {
  vi.clearAllMocks()
  given()
  logIn()
})
afterEach(logOut)

function given(part: Partial<ReturnType<typeof aRoom>> = {}) {
  const room = aRoom(part)
  fakes().roomApi.rooms = [room]
  fakes().imClient.joined = { room, online: 1, messages: [] }
}

async function watchRoom(props: Record<string, unknown> = {}) {
  const world = openPage({ roomid: ROOM, ...props })
  await world.start()
  await world.play('live')
  return world
}

async function seat(user = mei) {
  await happen(ROOM, { type: 'apply', user, requestId: `of-${user.id}`, medium: 'video', isHere: true, at: at() }, { type: 'accept', userId: user.id, requestId: `of-${user.id}`, at: at() }, { type: 'published', userId: user.id, sessionId: 's', at: at() })
  await fakes().clock.advance(AUDIENCE_SPREAD_MS)
}

/** The app, or the tab, comes to the front. */
function show() {
  document.dispatchEvent(new Event('visibilitychange'))
  const gone: unknown[] = vi.mocked(uni.offAppShow).mock.calls.map(([listener]) => listener)
  vi.mocked(uni.onAppShow).mock.calls.forEach(([listener]) => gone.includes(listener) || listener({} as never))
}

/** Asked, taken by the anchor, and with the picture there. */
async function getOnMic(props: Record<string, unknown> = {}) {
  const world = await watchRoom(props)
  world.room.requestJoinAnchor()
  await settle()
  await happen(ROOM, { type: 'accept', userId: me().id, requestId: requestOf(ROOM, me().id), at: at() })
  await settle()
  await world.push('connecting', 'live')
  await happen(ROOM, { type: 'published', userId: me().id, sessionId: 'mine', at: at() })
  return world
}

describe('watching', () => {
  it('[CO7] the picture begins by itself, and nothing need be told', async () => {
    const { players, told } = await watchRoom()
    expect(player.start).toHaveBeenCalledTimes(1)
    expect(players()[0].props()).toMatchObject({ urls: playUrls(), mode: 'live', isMuted: false })
    expect(told()).toEqual([])
  })

  it('[CO7] guests come upon it with a player each, nobody for a voice, and the main player stays', async () => {
    const { page, players } = await watchRoom()
    const { uid } = players()[0].vm.$
    await seat()
    expect(players().map(({ vm }) => vm.$props.urls?.flv)).toEqual([playUrls().flv, playUrls(`${ROOM}-${mei.id}`).flv])
    expect(page.find('.room-tile').text()).toContain('阿梅')
    expect(page.find('.room-tile .app-tap').exists()).toBe(false)
    await happen(ROOM, { type: 'leave', userId: mei.id, requestId: requestOf(ROOM, mei.id), at: at() })
    expect(players().map(({ vm }) => vm.$.uid)).toEqual([uid])
  })

  it('[CO7] the server\'s one picture of all takes the place of all players', async () => {
    const { page, players } = await watchRoom()
    fakes().roomApi.stageOf(ROOM).isMixed = true
    await seat()
    expect(players().map(({ vm }) => vm.$props.urls?.flv)).toEqual([expect.stringContaining('umix')])
    expect(page.find('.room-tile').exists()).toBe(false)
  })

  it('[CO7] a lying picture and one with guests in it are shown whole, an upright one fills the screen', async () => {
    const { players } = await watchRoom()
    const fit = async (width: number, height: number) => {
      players()[0].vm.$emit('size', { width, height })
      await nextTick()
      return players()[0].props('objectFit')
    }
    expect([await fit(720, 1280), await fit(1280, 720), await fit(720, 1280)]).toEqual(['cover', 'contain', 'cover'])
    fakes().roomApi.stageOf(ROOM).isMixed = true
    await seat()
    expect(players()[0].props('objectFit')).toBe('contain')
  })

  it('[CO4] start() again leaves a picture alone that is there', async () => {
    const { start } = await watchRoom()
    const before = fakes().roomApi.calls.length
    await start()
    expect([fakes().roomApi.calls.length, player.start.mock.calls.length]).toEqual([before, 1])
  })

  it('[CO7] a tile\'s player that gave up gets new addresses', async () => {
    const { players } = await watchRoom()
    await seat()
    const before = fakes().roomApi.countOf('getRoom')
    players()[1].vm.$emit('status', 'failed')
    players()[1].vm.$emit('status', 'failed')
    await fakes().clock.advance(AUDIENCE_SPREAD_MS)
    expect(fakes().roomApi.countOf('getRoom')).toBe(before + 1)
  })

  it.each([['', '没有房间号'], ['none', '没有房间号'], ['rnowhere0001', '直播间不存在']])('[CO6] a room "%s" that is none is an error', async (roomid, words) => {
    const { events, start } = openPage({ roomid })
    await start()
    expect(events()).toEqual([{ tag: 'error', code: -9003, detail: expect.stringContaining(words) }])
  })

  it('[CO6] a room that has ended, before or meanwhile, is told of once', async () => {
    const { told, page } = await watchRoom()
    await change({ status: 'ended', endedAt: NOW, endReason: 'anchor' })
    await change({ status: 'ended', endedAt: NOW, endReason: 'anchor' })
    expect(told()).toEqual(['roomClosed -9006'])
    expect(page.text()).toContain('直播已经结束')
    const late = openPage({ roomid: ROOM })
    await late.start()
    expect(late.told()).toEqual(['roomClosed -9006'])
  })

  it('[CO6] who is sent out of the room is told so', async () => {
    const { events } = await watchRoom()
    fakes().imClient.setState({ status: 'refused', code: 'REMOVED' })
    await settle()
    expect(events()).toEqual([{ tag: 'error', code: -9003, detail: '你已被主播请出直播间。' }])
  })

  it('[CO8] a server that does not answer is asked again, told once', async () => {
    fakes().roomApi.fail('getRoom', 'NETWORK', 2)
    const { start, told } = openPage({ roomid: ROOM })
    await start()
    await fakes().clock.advance(REST_MS)
    await fakes().clock.advance(REST_MS)
    expect(told()).toEqual(['trouble -9003', 'recovered -9003'])
    expect(player.start).toHaveBeenCalledTimes(1)
  })

  it('[CO8] a picture that will not come is tried again and again, told once', async () => {
    const { play, told } = await watchRoom()
    for (let time = 0; time < 3; time++) {
      await play('failed')
      await settle()
      await play('failed')
      await fakes().clock.advance(REST_MS)
    }
    expect(told()).toEqual(['trouble -2301'])
    await play('live')
    expect(told()).toEqual(['trouble -2301', 'recovered -2301'])
  })

  it('[CO8] one that this device cannot play is an error', async () => {
    const { players, play, events } = await watchRoom()
    players()[0].vm.$emit('problem', { code: 'UNSUPPORTED' })
    await play('failed')
    expect(events()).toMatchObject([{ tag: 'error', code: -2301, detail: expect.stringContaining('无法播放') }])
  })

  it('[CO7] an anchor who is gone for a while is waited for', async () => {
    const { page, play } = await watchRoom()
    await change({ status: 'interrupted', interruptedAt: NOW, graceEndsAt: NOW + 60_000 })
    await play('interrupted')
    expect(page.find('.notice').text()).toBe('主播暂时离开')
    await change({ status: 'live', interruptedAt: null, graceEndsAt: null })
    await play('live')
    expect(page.find('.notice').exists()).toBe(false)
  })

  it('[CO8] back in front, and back on the network, the connection is tried at once and the room asked for', async () => {
    const { room } = await watchRoom()
    const before = fakes().roomApi.countOf('getRoom')
    show()
    await settle()
    fakes().platform.setOnline(true)
    expect([fakes().imClient.retries, fakes().roomApi.countOf('getRoom')]).toEqual([2, before + 1])
    room.stop()
    show()
    fakes().platform.setOnline(true)
    expect(fakes().imClient.retries).toBe(2)
  })

  it('[CO15] muted, it plays without sound', async () => {
    const { players, room, page } = await watchRoom({ muted: true })
    expect(players()[0].props('isMuted')).toBe(true)
    await page.setProps({ muted: false })
    expect(players()[0].props('isMuted')).toBe(false)
    room.toggleMuted()
    await nextTick()
    expect(players()[0].props('isMuted')).toBe(true)
    room.pause()
    room.resume()
    expect([player.pause, player.resume].map(({ mock }) => mock.calls.length)).toEqual([1, 1])
  })

  it('[CO21] sound that the browser took comes back at a tap, the guests\' too', async () => {
    const { page, players } = await watchRoom()
    await seat()
    players()[1].vm.$emit('autoplayMuted')
    await nextTick()
    await page.find('.sound .app-tap').trigger('click')
    expect(player.unmuteByGesture).toHaveBeenCalledTimes(2)
    expect(page.find('.sound').exists()).toBe(false)
  })
})

describe('going on the mic', () => {
  it('[CO10] from the request to the seat, with one\'s own small picture and low delay', async () => {
    const { page, players, pushers, told } = await getOnMic()
    expect(told()).toEqual(['linkOn 0'])
    expect(pushers()[0].props()).toMatchObject({ whip: publishUrls(`${ROOM}-${me().id}`).whip, quality: 'guest', source: 'camera' })
    expect(players()[0].props('mode')).toBe('lowLatency')
    expect(page.find('.room-tile').text()).toContain('我')
    expect(pusher.start).toHaveBeenCalledTimes(1)
  })

  it('[CO10] asks for camera and microphone before it asks the anchor', async () => {
    const asked: string[] = []
    fakes().deviceAccess.request = async (device) => {
      asked.push(device)
      return 'granted'
    }
    const { room } = await watchRoom()
    room.requestJoinAnchor()
    await settle()
    expect(asked).toEqual(['microphone', 'camera'])
    expect(fakes().roomApi.stageOf(ROOM).stage.guests).toMatchObject([{ link: { status: 'applying', medium: 'video' } }])
  })

  it('[CO10] [CO15] with pureaudio it is a voice, and the camera is not asked for', async () => {
    const asked: string[] = []
    fakes().deviceAccess.request = async (device) => {
      asked.push(device)
      return 'granted'
    }
    const { pushers } = await getOnMic({ pureaudio: true })
    expect([asked, pushers()[0].props('source')]).toEqual([['microphone'], 'none'])
  })

  it.each([['denied', '麦克风权限'], ['insecure', 'https']] as const)('[CO11] devices that are %s: no request, and a word why', async (permission, words) => {
    fakes().deviceAccess.permissions.microphone = permission
    const { events, room } = await watchRoom()
    room.requestJoinAnchor()
    await settle()
    expect(events()).toEqual([{ tag: 'error', code: -9004, detail: expect.stringContaining(words) }])
    expect(fakes().roomApi.countOf('linkMic')).toBe(0)
  })

  it('[CO10] two taps are one request', async () => {
    const { room } = await watchRoom()
    room.requestJoinAnchor()
    room.link()
    await settle()
    expect(fakes().roomApi.countOf('linkMic')).toBe(1)
  })

  it('[CO11] the anchor\'s no, and a wait without an answer, are told and change nothing else', async () => {
    const { room, events, players } = await watchRoom()
    room.requestJoinAnchor()
    await settle()
    await happen(ROOM, { type: 'reject', userId: me().id, requestId: requestOf(ROOM, me().id), at: at() })
    await fakes().clock.advance(11_000)
    room.requestJoinAnchor()
    await settle()
    await fakes().clock.advance(APPLY_TIMEOUT_MS)
    await happen(ROOM, { type: 'tick', at: at() })
    expect(events()).toEqual([{ tag: 'error', code: -9004, detail: '主播没有接受连麦。' }, { tag: 'error', code: -9004, detail: '连麦申请超时了。' }])
    expect(players()).toHaveLength(1)
  })

  it('[CO11] a request that the server refuses is told', async () => {
    fakes().roomApi.fail('linkMic', 'LINK_MIC_CLOSED')
    const { room, events } = await watchRoom()
    room.requestJoinAnchor()
    await settle()
    expect(events()).toEqual([{ tag: 'error', code: -9004, detail: '主播暂时没有开放连麦。' }])
  })

  it('[CO11] a picture that does not arrive in time ends the request, not the visit', async () => {
    const { room, told, players } = await watchRoom()
    room.requestJoinAnchor()
    await settle()
    await happen(ROOM, { type: 'accept', userId: me().id, requestId: requestOf(ROOM, me().id), at: at() })
    await fakes().clock.advance(8000)
    await happen(ROOM, { type: 'tick', at: at() })
    expect(told()).toEqual(['error -9004'])
    expect(players()[0].props('mode')).toBe('live')
  })

  it.each([
    ['quitLink()', '', async ({ room }: Awaited<ReturnType<typeof getOnMic>>) => room.quitLink()],
    ['the cross', '', async ({ page }: Awaited<ReturnType<typeof getOnMic>>) => page.find('.room-tile .app-tap').trigger('click')],
    ['the anchor', '连麦结束了。', async () => happen(ROOM, { type: 'kick', userId: me().id, requestId: requestOf(ROOM, me().id), at: at() })],
  ])('[CO10] off the mic by %s: back to watching, with the player that is there', async (_, why, leave) => {
    const world = await getOnMic()
    const { uid } = world.players()[0].vm.$
    await leave(world)
    await settle()
    expect(world.told()).toEqual(['linkOn 0', 'linkOut 0'])
    expect(world.events().at(-1)?.detail).toBe(why)
    expect(world.pushers()).toEqual([])
    expect(pusher.stop).toHaveBeenCalled()
    expect([world.players()[0].vm.$.uid, world.players()[0].props('mode')]).toEqual([uid, 'live'])
    expect(fakes().roomApi.stageOf(ROOM).public.guests).toEqual([])
  })

  it('[CO8] a guest\'s stream that breaks off mends itself', async () => {
    const { push, told } = await getOnMic()
    await push('interrupted')
    await push('live')
    expect(told()).toEqual(['linkOn 0', 'trouble -1307', 'recovered -1307'])
  })

  it('[CO12] the anchor\'s invitation is told, and taken', async () => {
    const { room, events, told, push } = await watchRoom()
    await happen(ROOM, { type: 'invite', user: me(), requestId: 'i1', at: at() })
    expect(events()).toEqual([{ tag: 'inviteJoinAnchor', code: 0, detail: '主播邀请你连麦' }])
    room.respondInvitation(true)
    await settle()
    await push('live')
    await happen(ROOM, { type: 'published', userId: me().id, sessionId: 'mine', at: at() })
    expect(told()).toEqual(['inviteJoinAnchor 0', 'linkOn 0'])
  })

  it('[CO12] or declined', async () => {
    const { room, told } = await watchRoom()
    room.respondInvitation(false)
    await happen(ROOM, { type: 'invite', user: me(), requestId: 'i1', at: at() })
    room.respondInvitation(false)
    await settle()
    expect(fakes().roomApi.calls.filter(({ method }) => method === 'linkMic').map(({ args }) => args[1])).toEqual([{ type: 'leave', requestId: 'i1' }])
    expect(told()).toEqual(['inviteJoinAnchor 0'])
  })
})

describe('words in the room', () => {
  const say = (from = mei, text = '你好') => fakes().imClient.receive({ type: 'chat', id: `m${text}`, seq: 1, at: NOW, from, text })

  it('[CO13] of others are told in the shapes of both generations', async () => {
    const { events } = await watchRoom()
    say()
    const person = { userID: mei.id, userName: '阿梅' }
    expect(events()).toEqual([{ tag: 'recvTextMsg', code: 0, detail: {
      ...person,
      userAvatar: expect.stringContaining('data:image'),
      roomID: ROOM,
      message: '你好',
      time: expect.stringMatching(/^\d\d:\d\d:\d\d$/),
      msg: { from: mei.id, nick: '阿梅', avatar: expect.any(String), payload: { text: '你好' } },
    } }])
  })

  it('[CO13] one\'s own are not', async () => {
    const { told, room } = await watchRoom()
    expect(await room.sendTextMsg('在吗')).toBe(true)
    say(me(), '在吗')
    expect([told(), fakes().imClient.sent]).toEqual([[], ['在吗']])
  })

  it('[CO13] that are refused are an error', async () => {
    const { events, room } = await watchRoom()
    fakes().imClient.nextFailure = 'SENDING_TOO_FAST'
    expect(await room.sendTextMsg('快')).toBe(false)
    expect(events()).toEqual([{ tag: 'error', code: -9005, detail: '说得太快了，歇一秒再发。' }])
  })

  it('[CO13] ">debug" shows what happens, in words upon the picture, and is not said', async () => {
    const { page, room, players } = await watchRoom()
    expect(await room.sendTextMsg('>debug')).toBe(true)
    players()[0].vm.$emit('statistics', { at: NOW, transport: 'flv', bitrateKbps: 812.4, fps: 24.6, width: 720, height: 1280 })
    players()[0].vm.$emit('diagnostic', { at: NOW, text: '2003 RENDER_START' })
    await nextTick()
    expect(page.find('.log').text()).toMatch(/flv 812 kbps.*25 fps.*720×1280.*player live.*2003/s)
    expect(fakes().imClient.sent).toEqual([])
    room.toggleDebug()
    await nextTick()
    expect(page.find('.log').exists()).toBe(false)
  })
})

describe('leaving', () => {
  const nothingIsLeft = () => expect([fakes().clock.pending, fakes().imClient.listenerCount, fakes().imClient.state.status, fakes().imClient.roomId]).toEqual([0, 0, 'offline', undefined])

  it.each([
    ['while the room is asked for', async () => {
      fakes().roomApi.hold('getRoom')
      const world = openPage({ roomid: ROOM })
      await world.start()
      return world
    }],
    ['while it plays', () => watchRoom()],
    ['with guests', async () => {
      const world = await watchRoom()
      await seat()
      return world
    }],
    ['while it asks for a seat', async () => {
      const world = await watchRoom()
      world.room.requestJoinAnchor()
      await settle()
      return world
    }],
    ['while the devices are asked for', async () => {
      const world = await watchRoom()
      fakes().deviceAccess.request = () => new Promise(() => {})
      world.room.requestJoinAnchor()
      return world
    }],
    ['on the mic', () => getOnMic()],
    ['in an outage', async () => {
      const world = await watchRoom()
      await world.play('failed')
      return world
    }],
    ['after the end', async () => {
      const world = await watchRoom()
      await change({ status: 'ended', endedAt: NOW, endReason: 'anchor' })
      return world
    }],
    ['after a failure that passes', async () => {
      fakes().roomApi.fail('getRoom', 'NETWORK')
      const world = openPage({ roomid: ROOM })
      await world.start()
      return world
    }],
  ])('[CO16] %s leaves nothing', async (_, open) => {
    const { page, told } = await open()
    const before = told().length
    page.unmount()
    await settle()
    await fakes().clock.advance(60_000)
    nothingIsLeft()
    expect(fakes().roomApi.stageOf(ROOM).public.guests.filter(({ user }) => user.id === me().id)).toEqual([])
    expect(told()).toHaveLength(before)
  })

  it('[CO16] one page after the other, each for itself', async () => {
    const first = await watchRoom()
    first.page.unmount()
    const second = await watchRoom()
    expect(second.told()).toEqual([])
    expect(second.players()).toHaveLength(1)
    second.room.stop()
    await nextTick()
    expect(second.players()).toHaveLength(0)
    nothingIsLeft()
  })
})
