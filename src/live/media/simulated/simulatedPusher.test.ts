import type { OutsideNews } from '../recovery/createRecovery'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import { describe, expect, it, vi } from 'vitest'
import { SIMULATED_LEASE_MS } from '@/shared/protocol/simulator'
import { ApiFailure } from '@/src/ports/RoomApi'
import { FakeSimulator } from '@/src/testing/fakeServices'
import { createVirtualClock } from '@/src/testing/virtualClock'
import { ASK_AGAIN_MS, createSimulatedPusher } from './simulatedPusher'

const ROOM = 'rroom0000001'

async function setUp(refusal?: ErrorCode) {
  const clock = createVirtualClock()
  const simulator = new FakeSimulator()
  simulator.refusal = refusal && new ApiFailure(refusal, '')
  const on = { onStatus: vi.fn(), onProblem: vi.fn(), onTrouble: vi.fn() }
  let hear: (news: OutsideNews) => void = () => {}
  const pusher = createSimulatedPusher({ simulator, clock, random: () => 1, outside: (listener) => {
    hear = listener
    return () => {}
  }, ...on })
  pusher.start(ROOM)
  await clock.advance(0)
  return { clock, simulator, pusher, ...on, hear, statuses: () => on.onStatus.mock.calls.map(([status]) => status), asked: () => simulator.asked.map(([isOn]) => isOn) }
}

describe('publishing without a camera', () => {
  it('[SM11] is live when the server has lent the stream, and asks again well within the lease', async () => {
    const { asked, clock, simulator, statuses } = await setUp()
    expect(statuses()).toEqual(['connecting', 'live'])
    expect(simulator.asked).toEqual([[true, ROOM]])
    expect(ASK_AGAIN_MS * 2).toBeLessThan(SIMULATED_LEASE_MS)
    await clock.advance(ASK_AGAIN_MS * 2)
    expect(asked()).toEqual([true, true, true])
  })

  it('[SM11] a stop gives it back, after what was asked before, and nothing is asked any more', async () => {
    const { asked, clock, pusher, statuses } = await setUp()
    await clock.advance(ASK_AGAIN_MS)
    pusher.stop()
    pusher.stop()
    await clock.advance(60_000)
    expect(asked()).toEqual([true, true, false])
    expect(statuses()).toEqual(['connecting', 'live', 'idle'])
    pusher.destroy()
    expect(clock.pending).toBe(0)
  })

  it.each([
    ['NOT_FOUND', 'NO_SIMULATOR'], // the server has no such door
    ['REPLACED', 'REPLACED'],
    ['FORBIDDEN', 'REFUSED'],
    ['ROOM_ENDED', 'REFUSED'],
  ] as const)('[SM12] %s is no reason to try again: %s', async (code, problem) => {
    const { asked, clock, onProblem, statuses } = await setUp(code)
    await clock.advance(120_000)
    expect(onProblem).toHaveBeenCalledWith({ code: problem })
    expect(statuses()).toEqual(['connecting', 'failed'])
    expect(asked().filter(Boolean)).toEqual([true])
  })

  it('[SM17] what is no room\'s stream cannot be simulated', async () => {
    const { onProblem, pusher, statuses } = await setUp()
    pusher.stop()
    pusher.start(undefined)
    expect([statuses().at(-1), onProblem.mock.lastCall]).toEqual(['failed', [{ code: 'TAG_UNAVAILABLE' }]])
  })

  it.each(['NETWORK', 'TIMEOUT', 'MEDIA_CAPACITY', 'UNAVAILABLE'] as const)('[SM12] after %s it tries again by itself', async (code) => {
    const { clock, statuses } = await setUp(code)
    await clock.advance(2000)
    expect(statuses()).toEqual(['connecting', 'live'])
  })
})

describe('what a person lets happen to it', () => {
  it('[SM14] a lost connection takes the stream from the room, until all is well again', async () => {
    const { asked, clock, onTrouble, pusher, statuses } = await setUp()
    pusher.suffer('lost')
    await clock.advance(30_000)
    expect(asked().filter((_, index) => index > 0)).not.toContain(true)
    expect(statuses().at(-1)).toBe('interrupted')
    expect(onTrouble).toHaveBeenLastCalledWith(expect.objectContaining({ kind: 'waiting' }))
    pusher.suffer('none')
    await clock.advance(0)
    expect(statuses().at(-1)).toBe('live')
    expect(onTrouble).toHaveBeenLastCalledWith(null)
  })

  it('[SM14] a call holds it, and its end gives it back', async () => {
    const { asked, clock, onTrouble, pusher, statuses } = await setUp()
    pusher.suffer('call')
    await clock.advance(ASK_AGAIN_MS * 2)
    expect(asked()).toEqual([true, false])
    expect(onTrouble).toHaveBeenLastCalledWith({ kind: 'paused', by: 'call' })
    pusher.suffer('none')
    await clock.advance(0)
    expect(asked()).toEqual([true, false, true])
    expect(statuses()).toEqual(['connecting', 'live', 'interrupted', 'live'])
  })

  it('[SM14] a weak network is told, and nothing is interrupted', async () => {
    const { clock, onTrouble, pusher, statuses } = await setUp()
    pusher.suffer('weak')
    await clock.advance(6000)
    expect(onTrouble).toHaveBeenLastCalledWith({ kind: 'weak' })
    pusher.suffer('none')
    await clock.advance(20_000)
    expect(onTrouble).toHaveBeenLastCalledWith(null)
    expect(statuses()).toEqual(['connecting', 'live'])
  })

  it('[SM14] what really happens to the phone is borne the same way', async () => {
    const { clock, hear, onTrouble, statuses } = await setUp()
    hear({ type: 'interrupted', by: 'system' })
    await clock.advance(0)
    expect(onTrouble).toHaveBeenLastCalledWith({ kind: 'paused', by: 'system' })
    hear({ type: 'released' })
    await clock.advance(0)
    expect(statuses().at(-1)).toBe('live')
  })
})
