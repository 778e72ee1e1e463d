import type { RoomEffect, RoomEvent, RoomLife } from './room'
import { describe, expect, it } from 'vitest'
import { INTERRUPTED_GRACE_MS, prepareRoom, PREPARING_EXPIRY_MS, transitionRoom } from './room'

const preparing = prepareRoom(1000)
const live: RoomLife = { status: 'live', startedAt: 2000, sessionId: 'a' }
const interrupted: RoomLife = { status: 'interrupted', startedAt: 2000, since: 5000, deadline: 5000 + INTERRUPTED_GRACE_MS }
const ended: RoomLife = { status: 'ended', startedAt: 2000, endedAt: 9000, reason: 'anchor' }

const published = (sessionId: string, at: number): RoomEvent => ({ type: 'published', sessionId, at })
const unpublished = (sessionId: string, at: number): RoomEvent => ({ type: 'unpublished', sessionId, at })
const restarted = (at: number): RoomEvent => ({ type: 'restarted', at })
const tick = (at: number): RoomEvent => ({ type: 'tick', at })
const end = (at: number): RoomEvent => ({ type: 'end', reason: 'anchor', at })
const endedBy = (reason: 'anchor' | 'interrupted' | 'expired', endedAt: number, startedAt: number | null): RoomLife => ({ status: 'ended', reason, endedAt, startedAt })

const announce = (status: 'live' | 'interrupted'): RoomEffect => ({ type: 'announce', status })
const close = (reason: 'anchor' | 'interrupted' | 'expired'): RoomEffect => ({ type: 'close', reason })

describe('room', () => {
  it.each<[string, RoomLife, RoomEvent, RoomLife, RoomEffect[]]>([
    ['[RM2] the first publication makes it live', preparing, published('a', 2000), live, [announce('live')]],
    ['[RM4] an unknown publication ends before the start', preparing, unpublished('x', 2000), preparing, []],
    ['[RM5] not started, not yet', preparing, tick(1000 + PREPARING_EXPIRY_MS - 1), preparing, []],
    ['[RM5] never started', preparing, tick(1000 + PREPARING_EXPIRY_MS), endedBy('expired', 1000 + PREPARING_EXPIRY_MS, null), [close('expired')]],
    ['[RM1] ended before it began', preparing, end(3000), endedBy('anchor', 3000, null), [close('anchor')]],
    ['[RM8] a takeover changes the publication and nothing that people see', live, published('b', 3000), { ...live, sessionId: 'b' }, []],
    ['[RM3] the publication on air ends', live, unpublished('a', 5000), interrupted, [announce('interrupted')]],
    ['[RM4] the replaced publication ends late', live, unpublished('old', 5000), live, []],
    ['[RM1] time does not end a live room', live, tick(1e12), live, []],
    ['[RM1] the anchor ends it', live, end(9000), ended, [close('anchor')]],
    ['[RM3] back within the grace; startedAt stays', interrupted, published('b', 6000), { ...live, sessionId: 'b' }, [announce('live')]],
    ['[RM3] the grace is not over', interrupted, tick(5000 + INTERRUPTED_GRACE_MS - 1), interrupted, []],
    ['[RM5] the grace is over', interrupted, tick(5000 + INTERRUPTED_GRACE_MS), endedBy('interrupted', 5000 + INTERRUPTED_GRACE_MS, 2000), [close('interrupted')]],
    ['[RM4] interrupted twice is interrupted once', interrupted, unpublished('a', 7000), interrupted, []],
    ['[RM1] the anchor ends an interrupted room', interrupted, end(9000), ended, [close('anchor')]],
    ['[RM10] a restart before the start', preparing, restarted(7000), preparing, []],
    ['[RM10] a restart while live', live, restarted(7000), { ...interrupted, since: 7000, deadline: 7000 + INTERRUPTED_GRACE_MS }, [announce('interrupted')]],
    ['[RM10] a restart while interrupted begins the grace anew', interrupted, restarted(7000), { ...interrupted, deadline: 7000 + INTERRUPTED_GRACE_MS }, [announce('interrupted')]],
    ['[RM10] a restart after the end', ended, restarted(9600), ended, []],
    ['[RM7] a stream after the end is refused', ended, published('b', 9500), ended, [{ type: 'refuseStream' }]],
    ['[RM6] ended again', ended, end(9600), ended, []],
    ['[RM6] a tick after the end', ended, tick(1e12), ended, []],
    ['[RM6] the stream ends after the room', ended, unpublished('a', 9700), ended, []],
  ])('%s', (_, life, event, next, effects) => {
    expect(transitionRoom(life, event)).toEqual({ state: next, effects })
  })

  it('[RM6] in no order of six events is a room closed twice or reopened', () => {
    const walk = (life: RoomLife, closed: number, depth: number, at: number) => {
      expect(closed).toBe(life.status === 'ended' ? 1 : 0)
      if (depth === 0)
        return
      for (const event of [published('a', at), published('b', at), unpublished('a', at), unpublished('b', at), end(at), tick(at)]) {
        const { state, effects } = transitionRoom(life, event)
        walk(state, closed + effects.filter(effect => effect.type === 'close').length, depth - 1, at + 40_000)
      }
    }
    walk(preparing, 0, 6, 2000)
  })

  it('[RM8] what is announced is the status that follows', () => {
    for (const life of [preparing, live, interrupted, ended]) {
      for (const event of [published('a', 6000), unpublished('a', 6000), end(6000), tick(6000)]) {
        const { state, effects } = transitionRoom(life, event)
        for (const effect of effects) {
          if (effect.type === 'announce')
            expect(effect.status).toBe(state.status)
        }
      }
    }
  })
})
