import type { Room } from '@/shared/protocol/rest'
import { expect, it, vi } from 'vitest'
import { ApiFailure } from '@/src/ports/RoomApi'
import { aRoom, aRoomDetail, aStageGuest, playUrls } from '@/src/testing/fixtures'
import { createVirtualClock } from '@/src/testing/virtualClock'
import { createSimulatedPlayer, LOOK_AGAIN_MS } from './simulatedPlayer'

async function setUp(room: Partial<Room> = { status: 'live' }) {
  const clock = createVirtualClock()
  const server = { room, isDown: false }
  const getRoom = vi.fn(async () => {
    if (server.isDown)
      throw new ApiFailure('NETWORK', '')
    return aRoomDetail(server.room)
  })
  const on = { onStatus: vi.fn(), onProblem: vi.fn(), onTrouble: vi.fn(), onName: vi.fn() }
  const player = createSimulatedPlayer({ api: { getRoom }, clock, random: () => 1, outside: () => () => {}, ...on })
  player.select(playUrls())
  player.start()
  await clock.advance(0)
  return { clock, server, getRoom, player, ...on, status: () => on.onStatus.mock.calls.at(-1)?.[0] }
}

it('[SM13] it is live while the server has the stream on air, and by whose name', async () => {
  const { clock, onName, server, status } = await setUp()
  expect(status()).toBe('live')
  expect(onName).toHaveBeenLastCalledWith(aRoom().anchor.nickname)
  server.room = { status: 'interrupted' }
  await clock.advance(LOOK_AGAIN_MS)
  expect(status()).toBe('interrupted')
  server.room = { status: 'live' }
  await clock.advance(5000)
  expect(status()).toBe('live')
})

it('[SM13] a stream that is not there is gone, as any player says', async () => {
  const { onProblem, status } = await setUp({ status: 'preparing' })
  expect(status()).toBe('connecting')
  expect(onProblem).toHaveBeenCalledWith({ code: 'STREAM_GONE' })
})

it('[SM13] a guest is live when linked, the mixed picture when there is one', async () => {
  const guest = aStageGuest({ status: 'linked' })
  const stage = { ...aRoom().stage, guests: [guest], isMixed: false }
  const { clock, onName, player, server, status } = await setUp({ status: 'live', stage })
  player.select(playUrls(guest.streamId))
  await clock.advance(0)
  expect([status(), onName.mock.lastCall]).toEqual(['live', [guest.user.nickname]])
  player.select(playUrls('rroom0000001-umix'))
  await clock.advance(0)
  expect(status()).toBe('connecting')
  server.room = { status: 'live', stage: { ...stage, isMixed: true } }
  await clock.advance(5000)
  expect(status()).toBe('live')
})

it('[SM13] an answer that comes late for another stream does not name this one', async () => {
  const guest = aStageGuest({ status: 'linked' })
  const { clock, getRoom, onName, player } = await setUp({ status: 'live', stage: { ...aRoom().stage, guests: [guest] } })
  const answer = await getRoom()
  let answerLate = () => {}
  getRoom.mockImplementationOnce(() => new Promise(resolve => answerLate = () => resolve(answer)))
  await clock.advance(LOOK_AGAIN_MS)
  player.select(playUrls(guest.streamId))
  await clock.advance(0)
  answerLate()
  await clock.advance(0)
  expect(onName.mock.lastCall).toEqual([guest.user.nickname])
})

it('[SM13] fresh addresses of the same stream change nothing', async () => {
  const { clock, getRoom, onStatus, player } = await setUp()
  player.select({ ...playUrls(), flv: `${playUrls().flv}2` })
  await clock.advance(0)
  expect(getRoom).toHaveBeenCalledOnce()
  expect(onStatus.mock.calls).toEqual([['connecting'], ['live']])
})

it('[SM13] stopped it asks nothing any more', async () => {
  const { clock, getRoom, player } = await setUp()
  player.stop()
  player.destroy()
  await clock.advance(60_000)
  expect(getRoom).toHaveBeenCalledOnce()
  expect(clock.pending).toBe(0)
})

it.each([undefined, { rtmp: 'rtmp://elsewhere/app/stream', expiresAt: 0 }, playUrls('rtest-uanchor00001')])('[SM17] what is no room\'s stream cannot be simulated', async (urls) => {
  const { onProblem, player, status } = await setUp()
  player.stop()
  player.select(urls)
  player.start()
  expect([status(), onProblem.mock.lastCall]).toEqual(['failed', [{ code: 'TAG_UNAVAILABLE' }]])
})

it('[SM14] a lost connection interrupts it until all is well, and so does a server that does not answer', async () => {
  const { clock, player, server, status } = await setUp()
  player.suffer('lost')
  await clock.advance(10_000)
  expect(status()).toBe('interrupted')
  player.suffer('none')
  await clock.advance(0)
  expect(status()).toBe('live')
  server.isDown = true
  await clock.advance(LOOK_AGAIN_MS)
  expect(status()).toBe('interrupted')
})
