/** Recovery of a viewer and of a guest on the compiled mini-program: the tags' numbers are scripted; screen, calls and server are real. */
import type { Person, Visit } from '../support/person'
import type { TroubledPhone } from './support/troubledPhone'
import type { World } from './support/world'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { find, findTap, propsOf, soon, tap } from './support/screen'
import { atOnce, openTroubled, send } from './support/troubledPhone'
import { createWorld } from './support/world'

// Of the tags; the meanings are in src/live/media/nativeCodes.ts.
const PLAYING = 2004
const RECONNECTING = 2103
const STREAM_ENDED = 2006
const GAVE_UP = -2301
const SENDING = 1002
const PUSHER_GAVE_UP = -1307

const NO_PICTURE = '.waiting-picture'
const NOTICE = '.guest-notice'

let world: World
let anchor: Person
let desk: Visit
let roomId: string
let viewer: TroubledPhone
let player: Element

beforeAll(async () => world = await createWorld({ MIX: 'off' }))
beforeEach(async () => {
  anchor = await world.createPerson('海豚')
  roomId = (await anchor.createRoom('聊一聊')).room.id
  await send(world, roomId, anchor.session.token)
  desk = await anchor.enter(roomId)
  viewer = await openTroubled(world, `/src/live/pages/room/index?id=${roomId}`)
  await played(1)
  player = viewer.tag('live-player')
})
afterEach(() => {
  expect(viewer.phone.warnings).toEqual([])
  viewer.phone.close()
})
afterAll(() => world.close())

const say = (code: number) => viewer.say('live-player', code)
const played = (times: number) => soon(() => expect(viewer.called('play')).toBe(times))
const protocol = () => String(propsOf(player).src).split(':')[0]

async function showPicture() {
  say(PLAYING)
  await viewer.isClear(NO_PICTURE)
}

/** The way that is being tried gives up and then the other, as often as this; in the end it waits. */
async function loseAllWays(rounds: number) {
  const plays = viewer.called('play')
  for (let round = 0; round < rounds; round++) {
    await viewer.phone.skip(round > 0 ? 5000 : 0)
    await played(plays + 2 * round)
    say(GAVE_UP)
    await played(plays + 2 * round + 1)
    say(GAVE_UP)
  }
}

async function comeOnStage() {
  const { called, page } = viewer
  tap(await soon(() => find(page, '.link-mic-button')))
  tap(await soon(() => findTap(page, '视频连麦，大家能看到你，也能听到你')))
  const { requestId, user } = await soon(() => desk.views.at(-1)?.queue?.[0] ?? expect.fail('no application'))
  await anchor.linkMic(roomId, { type: 'accept', requestId, userId: user.id })
  await soon(() => expect(called('start')).toBe(1))
  await viewer.send(roomId)
  viewer.say('live-pusher', SENDING)
  await soon(async () => expect(await seats()).toEqual(['1 linked']))
}
const seats = async () => (await world.getRoom(roomId)).room.stage.guests.map(({ seat, status }) => `${seat} ${status}`)

it('[MP51] a viewer reads what is the matter until there is a picture again; what gave up goes another way', async () => {
  const { called, phone, reads } = viewer
  await showPicture()
  say(RECONNECTING)
  await phone.skip(800)
  await reads(NO_PICTURE, '正在重新连接')
  await showPicture()
  expect([called('play'), protocol()]).toEqual([1, 'http'])
  say(GAVE_UP)
  await phone.skip(1000)
  await soon(() => expect([called('play'), protocol()]).toEqual([2, 'rtmp']))
  say(GAVE_UP)
  await soon(() => expect([called('play'), protocol()]).toEqual([3, 'http']))
  await showPicture()
  expect(viewer.tag('live-player')).toBe(player)
})

it('[MP51] a stream that ended is tried again, and while it waits a tap tries at once', async () => {
  const { called, page, phone, secondsLeft } = viewer
  await showPicture()
  await phone.skip(11_000)
  say(STREAM_ENDED)
  await phone.skip(500)
  await played(2)
  await loseAllWays(5)
  expect(await secondsLeft(NO_PICTURE)).toBeGreaterThanOrEqual(2)
  const plays = called('play')
  tap(findTap(page, '立即重试'))
  await atOnce(() => expect(called('play')).toBe(plays + 1))
  await showPicture()
  expect(viewer.tag('live-player')).toBe(player)
})

it('[MP51] the server\'s news that the room is live again ends a wait', async () => {
  const { called, page, phone } = viewer
  await showPicture()
  await send(world, roomId, anchor.session.token, false)
  await soon(async () => {
    await phone.skip(1000)
    find(page, '.interrupted-poster')
  })
  say(GAVE_UP)
  await phone.skip(1000)
  await played(2)
  await loseAllWays(8)
  const plays = called('play')
  await send(world, roomId, anchor.session.token)
  await atOnce(() => expect(called('play')).toBe(plays + 1))
})

it('[MP51] a guest whose stream is lost waits as the anchor does, in one line, and on the same seat', async () => {
  await comeOnStage()
  const { called, expectWaits, isClear, page, reads, tag } = viewer
  const pusher = tag('live-pusher')
  await expectWaits(NOTICE, [1, 2, 4, 8])
  const starts = called('start')
  viewer.say('live-pusher', PUSHER_GAVE_UP)
  await reads(NOTICE, '没有送达')
  tap(findTap(page, '立即重试'))
  await atOnce(() => expect(called('start')).toBe(starts + 1))
  viewer.say('live-pusher', SENDING)
  await isClear(NOTICE)
  expect(await seats()).toEqual(['1 linked'])
  expect(tag('live-pusher')).toBe(pusher)
})

it('[MP52] left by a viewer while it waits', async () => {
  say(GAVE_UP)
  await viewer.leave('live-player')
})

it('[MP52] left by a guest while it waits', async () => {
  await comeOnStage()
  viewer.say('live-pusher', PUSHER_GAVE_UP)
  await viewer.leave('live-pusher', 'live-player')
})
