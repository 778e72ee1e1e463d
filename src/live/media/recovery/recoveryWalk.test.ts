/** Seeded random walks: outages, calls, background, refusals, taps, and every answer late, doubled or out of order. */
import type { WorldStep } from '../testing/RecoveryWorld'
import type { MediaFailure } from './recoveryState'
import { expect, it } from 'vitest'
import { freshSeed, seededRandom } from '@/server/testing/seededRandom'
import { PLAY_POLICY } from '../playPlan'
import { RecoveryWorld } from '../testing/RecoveryWorld'
import { wakeAt } from './recovery'
import { isActive, isOpen, isResting, PUBLISH_PATIENCE } from './recoveryState'
import { STUCK_AFTER_MS } from './tries'
import { statusOf, troubleOf } from './trouble'

/** Walks that failed once go here. */
const KEPT = [1, 2, 3, 4, 5, 6]
const STEPS = 4000
const POLICIES = [{ ...PUBLISH_PATIENCE, openMs: 20_000 }, PLAY_POLICY]
const FAILURES: readonly MediaFailure[] = ['lost', 'lost', 'lost', 'gone', 'unsupported', 'refused', 'replaced']

const seen = new Set<string>()

it.each([...KEPT, freshSeed()])('[RC21] walk %i', (seed) => {
  const world = new RecoveryWorld(POLICIES[seed % 2], seededRandom(seed), step => check(world, step))
  for (let step = 0; step < STEPS; step++)
    wander(world)
  endsInSilence(world)
  world.hear({ type: 'stop' })
  world.answerAll()
  world.hear({ type: 'hidden' })
  for (let returns = 0; returns < 2; returns++) {
    world.hear({ type: 'shown' })
    world.answerAll()
  }
  expect(world.running.size).toBe(0)
  expect(wakeAt(world.state, world.policy)).toBeNull()
}, 60_000)

it('[RC21] the walks have met every trouble and every end', () => {
  const kinds = ['weak', 'reconnecting', 'waiting', 'offline', 'paused', 'stuck', 'none after stuck', 'idle', 'failed', 'closeAgain']
  expect(kinds.filter(kind => !seen.has(kind))).toEqual([])
})

function wander(world: RecoveryWorld): void {
  const { state } = world
  const { seq } = state
  const isBadTime = world.now % 400_000 > 200_000
  const ways = world.pick([['rtmp'], ['wsFlv', 'flv', 'whep'], ['whep', 'flv']] as const)
  world.oneOf([
    [10, () => tap(world)],
    [isBadTime ? 2 : 25, () => world.hear({ type: 'opened', seq })],
    [isBadTime ? 30 : 6, () => world.hear({ type: 'failed', seq, failure: world.chance(0.9) ? 'lost' : world.pick(FAILURES) })],
    [8, () => world.hear({ type: 'wavered', seq, isTry: world.chance(0.5) })],
    [isBadTime ? 2 : 15, () => world.hear({ type: 'alive', seq })],
    [10, () => world.hear({ type: 'complained' })],
    [2, () => world.hear({ type: 'lacking', code: 'DEVICE_BUSY' })],
    [1, () => world.hear({ type: 'blocked' })],
    [3, () => world.hear({ type: 'interrupted', by: world.pick(['call', 'system'] as const) })],
    [4, () => world.hear({ type: 'released' })],
    [2, () => world.hear({ type: 'paused' })],
    [2, () => world.hear({ type: 'hidden' })],
    [6, () => world.hear({ type: 'shown' })],
    [3, () => world.hear({ type: 'network', isOnline: world.chance(0.7) })],
    [2, () => world.hear({ type: 'hurry' })],
    [1, () => world.hear({ type: 'redirect', ways })],
    [1, () => world.hear({ type: 'suspend' })],
    [1, () => world.hear({ type: 'stop' })],
    [20, () => world.answer()],
    [6, () => world.hearAgain()],
    [isBadTime ? 30 : 12, () => world.pass(world.pick([10, 500, 2000, 9000]))],
    [3, () => world.pass(70_000)],
    [1, () => silence(world)],
  ])
  seen.add(troubleOf(world.state)?.kind ?? (seen.has('stuck') && world.state.status === 'live' ? 'none after stuck' : ''))
  seen.add(world.state.status)
}

/** A person who taps gets a try, or what they held comes back; on what runs it changes nothing. */
function tap(world: RecoveryWorld): void {
  const before = world.state
  if (isActive(before) && before.holders.length > 0) {
    world.hear({ type: 'resumed' })
    if (before.status === 'live')
      expect(world.isPaused).toBe(false)
    else
      expect(world.state.status).toBe('opening')
    return
  }
  world.start(['rtmp', 'flv'])
  expect(world.state.status).toBe(before.status === 'live' ? 'live' : 'opening')
}

function check({ now, policy, running, state, isPaused }: RecoveryWorld, { before, effects }: WorldStep): void {
  expect(running.size).toBeLessThanOrEqual(1)
  if (isOpen(state))
    expect([...running]).toEqual([state.seq])
  else if (state.ending === 'done')
    expect(running.size).toBe(0)
  if (isOpen(before) && effects.some(({ type }) => type === 'open'))
    expect(effects[0].type).toBe('close')
  if (effects.some(({ type }) => type === 'closeAgain')) {
    seen.add('closeAgain')
    expect(isOpen(before)).toBe(false)
  }
  const due = wakeAt(state, policy)
  switch (state.status) {
    case 'idle':
    case 'failed':
      expect([due, troubleOf(state)]).toEqual([null, null])
      break
    case 'opening':
      expect(due! - now).toBeLessThanOrEqual(policy.openMs)
      break
    case 'waiting':
      expect(due === null).toBe(isResting(state))
      expect(state.until - now).toBeLessThanOrEqual(Math.max(policy.stuckWaitMs, ...policy.waitsMs))
      if (now - state.since >= STUCK_AFTER_MS + policy.stuckWaitMs && !isResting(state))
        expect(troubleOf(state)?.kind).toBe('stuck')
      break
    case 'live':
      expect(isPaused).toBe(state.holders.length > 0)
      if (statusOf(state) === 'interrupted' && state.holders.length === 0)
        expect(due).not.toBeNull()
  }
}

/** Nobody answers any more: an opening ends. */
function silence(world: RecoveryWorld): void {
  const { seq, status } = world.state
  world.pass(world.policy.openMs)
  if (status === 'opening')
    expect(world.state.seq === seq && world.state.status === 'opening').toBe(false)
}

/** A server that is gone for good: stuck, and on the first picture it is as if nothing had been. */
function endsInSilence(world: RecoveryWorld): void {
  world.hear({ type: 'stop' })
  world.hear({ type: 'network', isOnline: true })
  world.hear({ type: 'shown' })
  world.start(['rtmp'])
  world.pass(300_000)
  expect(['stuck', 'reconnecting']).toContain(troubleOf(world.state)?.kind)
  silence(world)
  tap(world)
  world.hear({ type: 'opened', seq: world.state.seq })
  expect([statusOf(world.state), troubleOf(world.state)]).toEqual(['live', null])
}
