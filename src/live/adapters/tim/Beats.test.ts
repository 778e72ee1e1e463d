import type { PresenceApi } from '@/src/ports/PresenceApi'
import { beforeEach, describe, expect, it } from 'vitest'
import { PRESENCE_INTERVAL_MS } from '@/shared/protocol/presence'
import { ApiFailure } from '@/src/ports/RoomApi'
import { createVirtualClock, settle } from '@/src/testing/virtualClock'
import { Beats } from './Beats'

const ROOM = 'rroom0000001'
let clock: ReturnType<typeof createVirtualClock>
let told: string[]
let failure: ApiFailure | undefined
let gate: Promise<void>
let beats: Beats
let visits: number

beforeEach(() => {
  clock = createVirtualClock()
  told = []
  failure = undefined
  gate = Promise.resolve()
  visits = 0
  const presence: PresenceApi = {
    async beat(roomId, visit, isFresh) {
      await gate
      told.push(`${isFresh ? 'fresh ' : ''}beat ${roomId} ${visit}`)
      if (failure)
        throw failure
      return undefined
    },
    leave: (roomId, visit) => void told.push(`leave ${roomId} ${visit}`),
  }
  beats = new Beats({ presence, clock, random: () => ++visits / 2 ** 52, onRemoved: ({ code }) => told.push(code), onGone: () => told.push('gone') })
})

const fail = (code: ApiFailure['code']) => void (failure = new ApiFailure(code, 'told to'))

describe('beats', () => {
  it('[IS17] begin with the room, go on every twenty seconds, and end with a leaving', async () => {
    await beats.enter(ROOM)
    await clock.advance(2 * PRESENCE_INTERVAL_MS)
    beats.leave()
    await settle()
    expect(told).toEqual([`fresh beat ${ROOM} 1`, `beat ${ROOM} 1`, `beat ${ROOM} 1`, `leave ${ROOM} 1`])
    expect(clock.pending).toBe(0)
  })

  it('[IS17] of a return are of the same stay, and say that it knows nothing yet; another room is another stay', async () => {
    await beats.enter(ROOM)
    await beats.enter(ROOM)
    await beats.enter('rroom0000002')
    await settle()
    expect(told).toEqual([`fresh beat ${ROOM} 1`, `fresh beat ${ROOM} 1`, `leave ${ROOM} 1`, 'fresh beat rroom0000002 2'].toSorted((a, b) => told.indexOf(a) - told.indexOf(b)))
    beats.leave()
  })

  it.each(['NETWORK', 'TIMEOUT', 'UNAVAILABLE', 'TOO_MANY_REQUESTS', 'ROOM_ENDED', 'NOT_FOUND'] as const)('[IS17] that fail with %s keep nobody out', async (code) => {
    fail(code)
    await beats.enter(ROOM)
    beats.leave()
  })

  it('[IS17] keep out who was sent away, and tell it later, too', async () => {
    fail('REMOVED')
    await expect(beats.enter(ROOM)).rejects.toMatchObject({ code: 'REMOVED' })
    await clock.advance(PRESENCE_INTERVAL_MS)
    expect(told.at(-1)).toBe('REMOVED')
    beats.leave()
  })

  it.each(['ROOM_ENDED', 'ROOM_NOT_FOUND'] as const)('[IS17] that find no room any more (%s) have it looked at', async (code) => {
    await beats.enter(ROOM)
    fail(code)
    await clock.advance(PRESENCE_INTERVAL_MS)
    expect(told.at(-1)).toBe('gone')
    beats.fallSilent()
    expect(clock.pending).toBe(0)
  })

  it('[IS17] a leaving waits for the beat under way, and what that answers then changes nothing', async () => {
    await beats.enter(ROOM)
    let open = () => {}
    gate = new Promise(resolve => open = resolve)
    await clock.advance(PRESENCE_INTERVAL_MS)
    fail('REMOVED')
    beats.leave()
    await settle()
    expect(told).toEqual([`fresh beat ${ROOM} 1`])
    open()
    await settle()
    expect(told.slice(1)).toEqual([`beat ${ROOM} 1`, `leave ${ROOM} 1`])
  })

  it('[IS17] of a room that has ended stop without a word', async () => {
    await beats.enter(ROOM)
    beats.fallSilent()
    beats.leave()
    await clock.advance(2 * PRESENCE_INTERVAL_MS)
    expect(told).toEqual([`fresh beat ${ROOM} 1`])
  })
})
