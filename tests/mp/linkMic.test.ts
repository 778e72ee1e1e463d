/** On the mic in WeChat: the compiled mini-program on one side, the real server between, real RTMP for what the tags would send. */
import type { Person, Visit } from '../support/person'
import type { MiniProgram, Page } from './support/MiniProgram'
import type { World } from './support/world'
import type { Encoder } from '@/server/media/embedded/testing/ffmpeg'
import type { StageGuest } from '@/shared/protocol/linkMic'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startEncoder } from '@/server/media/embedded/testing/ffmpeg'
import { find, findAll, findTap, fire, idOf, propsOf, soon, tap, textOf } from './support/screen'
import { countSetData } from './support/setData'
import { createWorld } from './support/world'

// Of live-pusher; the meanings are in src/live/media/nativeCodes.ts.
const CONNECTED = 1001
const HANDSHAKE_DONE = 1002
const RESOLUTION_ADAPTED = 1005
const SUSPENDED = 5000
const PHONE_CALL = 5001
const GAVE_UP = -1307

let world: World
let phone: MiniProgram
const encoders: Encoder[] = []

beforeAll(async () => world = await createWorld({ MIX: 'off' }))
beforeEach(() => phone = world.createPhone())
afterEach(async () => {
  await Promise.all(encoders.splice(0).map(encoder => encoder.stop()))
  expect(phone.warnings).toEqual([])
  phone.close()
})
afterAll(() => world.close())

/** What a native tag would send, sent by ffmpeg to the address in the tag. */
function send(url: unknown): Encoder {
  const encoder = startEncoder(String(url))
  encoders.push(encoder)
  return encoder
}

const tagsOf = (page: Page, tag: 'live-pusher' | 'live-player') => findAll(page, tag)
const called = (name: string) => phone.wx.calls.filter(([call]) => call === name).length
const guestsOf = async (roomId: string) => (await world.getRoom(roomId)).room.stage.guests
const seats = (guests: readonly StageGuest[]) => guests.map(({ seat, status }) => `${seat} ${status}`)

/** Somebody with another client comes on stage and sends by RTMP. */
async function join(roomId: string, anchor: Person, nickname: string) {
  const person = await world.createPerson(nickname)
  await person.enter(roomId)
  await person.linkMic(roomId, { type: 'apply', requestId: nickname, medium: 'video' })
  await anchor.linkMic(roomId, { type: 'accept', requestId: nickname, userId: person.session.user.id })
  send((await person.getLinkMic(roomId)).publish!.rtmp)
  await soon(async () => expect((await guestsOf(roomId)).find(({ user }) => user.nickname === nickname)?.status).toBe('linked'))
  return person
}

describe('the guest\'s phone', () => {
  let anchor: Person
  let desk: Visit
  let roomId: string
  let page: Page

  beforeEach(async () => {
    anchor = await world.createPerson('海豚')
    const { publish, room } = await anchor.createRoom('聊一聊')
    roomId = room.id
    send(publish.rtmp)
    desk = await anchor.enter(roomId)
    await soon(async () => expect((await world.getRoom(roomId)).room.status).toBe('live'))
    page = phone.launch(`src/live/pages/room/index?id=${roomId}`)
    await soon(() => find(page, '.link-mic-button'))
  })

  const pusher = () => find(page, 'live-pusher')
  const code = (number: number) => fire(pusher(), 'statechange', { code: number })

  async function apply() {
    tap(find(page, '.link-mic-button'))
    tap(await soon(() => findTap(page, '视频连麦，大家能看到你，也能听到你')))
    return soon(() => desk.views.at(-1)?.queue?.[0] ?? expect.fail('no application'))
  }

  async function comeOnStage() {
    const { requestId, user } = await apply()
    await anchor.linkMic(roomId, { type: 'accept', requestId, userId: user.id })
    await soon(() => expect(called('LivePusherContext.start')).toBe(1))
  }

  it('[LM180] applied and accepted, one live-pusher sends to an address of its own, small and in mode RTC', async () => {
    await comeOnStage()
    expect(tagsOf(page, 'live-pusher')).toHaveLength(1)
    expect(propsOf(pusher())).toMatchObject({ mode: 'RTC', autopush: false, muted: false, enableCamera: true, minBitrate: 200, maxBitrate: 300, videoWidth: 360, videoHeight: 480, audioVolumeType: 'voicecall' })
    expect(propsOf(pusher()).url).toMatch(new RegExp(`^rtmp://127\\.0\\.0\\.1:\\d+/live/${roomId}-u\\w+\\?txSecret=`))
    send(propsOf(pusher()).url)
    code(CONNECTED)
    code(HANDSHAKE_DONE)
    await soon(async () => expect(seats(await guestsOf(roomId))).toEqual(['1 linked']))
    await soon(() => expect(textOf(page, '.guest-controls')).toContain('下麦'))
  })

  it('[LM180] a phone that never says 1002 is linked by the server\'s word, and numbers that nobody documents change nothing', async () => {
    await comeOnStage()
    send(propsOf(pusher()).url)
    for (const number of [RESOLUTION_ADAPTED, 10005, 10014, -99])
      code(number)
    await soon(async () => expect(seats(await guestsOf(roomId))).toEqual(['1 linked']))
    await soon(() => expect(findAll(page, '.guest-tile.linked.me')).toHaveLength(1))
    expect([called('LivePusherContext.start'), called('LivePusherContext.stop')]).toEqual([1, 0])
  })

  it.each([SUSPENDED, PHONE_CALL])('[LM171] %i pauses; the seat waits and the same guest goes on when the call is over', async (number) => {
    await comeOnStage()
    const tag = pusher()
    const sending = send(propsOf(tag).url)
    code(HANDSHAKE_DONE)
    await soon(async () => expect(seats(await guestsOf(roomId))).toEqual(['1 linked']))
    const [{ requestId }] = await guestsOf(roomId)
    code(number)
    await sending.stop()
    expect(called('LivePusherContext.pause')).toBe(1)
    await soon(async () => expect(seats(await guestsOf(roomId))).toEqual(['1 dropped']))
    phone.wx.emit('AudioInterruptionEnd')
    expect(called('LivePusherContext.resume')).toBe(1)
    send(propsOf(tag).url)
    await soon(async () => expect(seats(await guestsOf(roomId))).toEqual(['1 linked']))
    expect((await guestsOf(roomId))[0].requestId).toBe(requestId)
    expect(pusher()).toBe(tag)
    expect(called('LivePusherContext.stop')).toBe(0)
  })

  it('[LM181] after −1307 the pusher is started again by itself, on the same seat', async () => {
    await comeOnStage()
    const tag = pusher()
    const sending = send(propsOf(tag).url)
    code(HANDSHAKE_DONE)
    await soon(async () => expect(seats(await guestsOf(roomId))).toEqual(['1 linked']))
    await sending.stop()
    code(GAVE_UP)
    await soon(() => expect(called('LivePusherContext.start')).toBe(2))
    send(propsOf(tag).url)
    code(HANDSHAKE_DONE)
    await soon(async () => expect(seats(await guestsOf(roomId))).toEqual(['1 linked']))
    expect(pusher()).toBe(tag)
  })

  it('[LM182] others on stage are played in mode RTC, each by a tag of its own; no node is made anew when people come and go', async () => {
    await comeOnStage()
    send(propsOf(pusher()).url)
    code(HANDSHAKE_DONE)
    const before = { pusher: pusher(), main: tagsOf(page, 'live-player')[0] }
    await join(roomId, anchor, '小熊')
    const bear = await soon(() => tagsOf(page, 'live-player')[1] ?? expect.fail('no player'))
    const fox = await join(roomId, anchor, '狐狸')
    const players = await soon(() => {
      expect(tagsOf(page, 'live-player')).toHaveLength(3)
      const all = tagsOf(page, 'live-player').map(propsOf)
      expect(all.every(({ src }) => src)).toBe(true)
      return all
    })
    const streams = [anchor.session.user.id, ...(await guestsOf(roomId)).slice(1).map(({ user }) => user.id)]
    for (const [index, { src, mode, minCache, maxCache }] of players.entries()) {
      expect(src).toMatch(new RegExp(`^rtmp://127\\.0\\.0\\.1:\\d+/live/${roomId}-${streams[index]}\\?`))
      expect({ mode, minCache, maxCache }).toEqual({ mode: 'RTC', minCache: 0.1, maxCache: 0.3 })
    }
    const ids = tagsOf(page, 'live-player').map(idOf)
    expect(new Set(ids).size).toBe(3)
    await soon(() => {
      const played = phone.wx.calls.filter(([call]) => call === 'LivePlayerContext.play').map(([, , owner]) => (owner as { id: string }).id)
      expect(played.filter(id => id === ids[0])).toHaveLength(2) // it became RTC
      expect(played).toEqual(expect.arrayContaining(ids))
    })

    await fox.linkMic(roomId, { type: 'leave', requestId: '狐狸' })
    await soon(() => expect(tagsOf(page, 'live-player')).toHaveLength(2))
    expect([pusher(), ...tagsOf(page, 'live-player')]).toEqual([before.pusher, before.main, bear])
    expect([called('LivePusherContext.start'), called('LivePusherContext.stop')]).toEqual([1, 0])
  })

  it('[LM183] the anchor\'s removal stops the pusher for certain, and the guest watches again', async () => {
    await comeOnStage()
    const sending = send(propsOf(pusher()).url)
    code(HANDSHAKE_DONE)
    await soon(async () => expect(seats(await guestsOf(roomId))).toEqual(['1 linked']))
    const [{ requestId, user }] = await guestsOf(roomId)
    await anchor.linkMic(roomId, { type: 'kick', requestId, userId: user.id })
    await soon(() => expect(tagsOf(page, 'live-pusher')).toEqual([]))
    expect(called('LivePusherContext.stop')).toBeGreaterThan(0)
    await sending.exited // cut by the server
    await soon(() => expect(propsOf(find(page, 'live-player')).mode).toBe('live'))
    expect(findTap(page, '离开直播间')).toBeTruthy()
  })

  it('[LM184] somebody who comes on stage costs the page few calls and few bytes', async () => {
    await soon(() => expect(textOf(page, '.viewers')).toBe('1'))
    const count = countSetData(page)
    await join(roomId, anchor, '小熊')
    await soon(() => expect(tagsOf(page, 'live-player')).toHaveLength(2))
    await new Promise(resolve => setTimeout(resolve, 1000))
    count.stop()
    console.log(`setData of a join: ${count.calls.length} calls, ${count.calls.reduce((sum, bytes) => sum + bytes, 0)} bytes`)
    expect(count.calls.length).toBeLessThan(60)
    expect(count.calls.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(20_000)
  })
})

describe('the anchor\'s phone', () => {
  it('[LM185] the tool counts who applies, the desk lets them in, and the guest is played beside the same pusher', async () => {
    phone.launch()
    phone.wx.api.navigateTo({ url: '/src/live/pages/anchor/index' })
    const page = phone.page()
    await soon(() => expect(findTap(page, '开始直播').getAttribute('aria-disabled')).toBe('false'))
    tap(findTap(page, '开始直播'))
    await soon(() => expect(called('LivePusherContext.start')).toBe(1))
    const tag = find(page, 'live-pusher')
    send(propsOf(tag).url)
    fire(tag, 'statechange', { code: HANDSHAKE_DONE })
    const roomId = /live\/(\w+)-/.exec(String(propsOf(tag).url))![1]
    await soon(async () => expect((await world.getRoom(roomId)).room.status).toBe('live'))

    const bear = await world.createPerson('小熊')
    const visit = await bear.enter(roomId)
    await bear.linkMic(roomId, { type: 'apply', requestId: 'one', medium: 'video' })
    await soon(() => expect(textOf(page, '.link-mic-tool .count').trim()).toBe('1'))
    tap(find(page, '.link-mic-tool'))
    tap(await soon(() => find(page, '.application-list .primary')))
    await soon(() => expect(visit.views.at(-1)?.link.status).toBe('connecting'))
    send((await bear.getLinkMic(roomId)).publish!.rtmp)

    await soon(async () => expect(seats(await guestsOf(roomId))).toEqual(['1 linked']))
    const player = await soon(() => {
      const props = propsOf(find(page, '.guest-tile live-player'))
      expect(props.src).toContain(`${roomId}-${bear.session.user.id}`)
      return props
    })
    expect(player).toMatchObject({ mode: 'RTC', minCache: 0.1, maxCache: 0.3, muted: false })
    await soon(() => expect(called('LivePlayerContext.play')).toBe(1))
    expect(textOf(page, '.guest-tile')).toContain('小熊')
    expect(findAll(page, '.link-mic-tool .count')).toEqual([])
    expect(find(page, 'live-pusher')).toBe(tag)
    expect(propsOf(tag)).toMatchObject({ mode: 'RTC', maxBitrate: 850 })
  })
})

describe('a viewer\'s phone', () => {
  it('[LM186] goes over to the mixed picture of all, and back, on one and the same tag', async () => {
    const mixing = await createWorld()
    try {
      const anchor = await mixing.createPerson('海豚')
      const { publish, room: { id } } = await anchor.createRoom('聊一聊')
      send(publish.rtmp)
      await soon(async () => expect((await mixing.getRoom(id)).room.status).toBe('live'))
      const page = mixing.createPhone().launch(`src/live/pages/room/index?id=${id}`)
      const tag = await soon(() => find(page, 'live-player'))
      await soon(() => expect(propsOf(tag).src).toContain(`${id}-${anchor.session.user.id}`))
      fire(tag, 'statechange', { code: 2004 })

      const bear = await mixing.createPerson('小熊')
      await bear.enter(id)
      await bear.linkMic(id, { type: 'apply', requestId: 'one', medium: 'video' })
      await anchor.linkMic(id, { type: 'accept', requestId: 'one', userId: bear.session.user.id })
      send((await bear.getLinkMic(id)).publish!.rtmp)
      await soon(() => expect(propsOf(tag)).toMatchObject({ src: expect.stringContaining(`${id}-umix`), mode: 'live' }))
      expect(tagsOf(page, 'live-player')).toEqual([tag])

      await bear.linkMic(id, { type: 'leave', requestId: 'one' })
      await soon(() => expect(propsOf(tag).src).toContain(`${id}-${anchor.session.user.id}`))
      expect(tagsOf(page, 'live-player')).toEqual([tag])
    }
    finally {
      await mixing.close()
    }
  })
})
