/** Seeded random walks over a stage: many people, requests doubled, late and out of order, drops, returns, restarts. */
import { expect, it } from 'vitest'
import { freshSeed, seededRandom } from '../../server/testing/seededRandom'
import { seatedOf } from './stage'
import { checkStage } from './testing/checkStage'
import { StageWorld } from './testing/StageWorld'

/** Walks that failed once go here. */
const KEPT = [1, 2, 3, 4, 5]
const STEPS = 2000
const PEOPLE = Array.from({ length: 40 }, (_, index) => ({ id: index % 3 === 0 ? `ulp${index}`.padEnd(14, 'x') : `up${index}`, nickname: `P${index}` }))

const seen = new Set<string>()

it.each([...KEPT, freshSeed()])('[LM90] [LN7] [LM4] [LM23] [LM24] walk %i over a stage', (seed) => {
  const world = new StageWorld(seededRandom(seed), step => checkStage(world, step))
  for (let step = 0; step < STEPS; step++)
    wander(world, step)
  world.do({ type: 'roomEnded', at: world.now })
  world.enter()
  while (world.hearNews())
    expect(world.stage.guests).toEqual([])
  expect([...world.live]).toEqual([])
  for (const what of world.seen)
    seen.add(what)
}, 60_000)

it('[LM90] the walks have met every end and every refusal', () => {
  const ends = ['cancelled', 'declined', 'left', 'rejected', 'withdrawn', 'kicked', 'closed', 'expired', 'noStream', 'dropped', 'roomEnded']
  const refusals = ['CLOSED', 'WAIT', 'QUEUE_FULL', 'STAGE_FULL', 'BUSY', 'GONE']
  expect([...ends, ...refusals].filter(what => !seen.has(what))).toEqual([])
})

/** One thing that somebody does, or that happens. At times there is a crowd, so that the queue is full. */
function wander(world: StageWorld, step: number): void {
  const at = world.now
  const isCrowded = step % 1000 > 700
  const user = world.pick(isCrowded ? PEOPLE : PEOPLE.slice(0, 9))
  const guest = world.stage.guests.length > 0 ? world.pick(world.stage.guests) : undefined
  const name = { userId: guest?.user.id ?? user.id, requestId: guest?.link.requestId ?? 'none' }
  const requestId = `q${step}`
  const medium = world.pick(['video', 'voice'] as const)
  const asks = (type: 'accept' | 'reject' | 'kick' | 'withdraw' | 'leave') => () => world.say({ ...name, type, at })
  const presence = (what: 'here' | 'dropped' | 'left') => () => world.do({ type: 'presence', userId: name.userId, presence: what, at })
  const onAir = (isOnAir: boolean) => () => world.do({ type: 'onAir', isOnAir, at })
  world.oneOf([
    [isCrowded ? 80 : 10, () => world.say({ type: 'apply', user, requestId, medium, isHere: true, at })],
    [isCrowded ? 3 : 10, asks('accept')],
    [4, () => world.say({ type: 'invite', user, requestId, at })],
    [4, () => world.say({ ...name, type: 'acceptInvitation', medium, at })],
    [3, () => world.say({ type: 'seat', user, requestId, seatsMax: world.pick([1, 3, 3]), needsConsent: world.chance(0.4), at })],
    [3, () => world.say({ type: 'seat', user: guest?.user ?? user, requestId, seatsMax: 3, needsConsent: world.chance(0.7), at })],
    [2, asks('reject')],
    [2, asks('kick')],
    [2, asks('withdraw')],
    [3, asks('leave')],
    [1, () => world.say({ type: 'leave', userId: user.id, requestId, at })],
    [3, () => world.say({ ...name, type: 'report', isMicOn: world.chance(0.5), isCameraOn: world.chance(0.5) })],
    [3, () => world.say({ ...name, type: 'mute', isMicMuted: world.chance(0.5), isCameraMuted: world.chance(0.5) })],
    [1, () => world.do({ type: 'setAdmission', admission: world.pick(['ask', 'ask', 'open', 'closed']), at })],
    [12, () => seatedOf(world.stage).filter(() => world.chance(0.6)).forEach(({ user: { id } }) => world.publish(id))],
    [3, () => world.publish(user.id)],
    [3, () => world.enter()],
    [3, () => world.unpublish(name.userId)],
    [30, () => world.hearNews()],
    [3, presence('dropped')],
    [8, presence('here')],
    [1, presence('left')],
    [1, () => world.do({ type: 'renamed', user: { ...user, nickname: world.pick(['A', 'B']) } })],
    [1, onAir(false)],
    [6, onAir(true)],
    [10, () => world.deliver()],
    [4, () => world.sayAgain()],
    [isCrowded ? 2 : 12, () => world.pass(world.pick([10, 500, 2000, 9000]))],
    [1, () => world.pass(60_000)],
    [0.3, () => world.restart()],
    [0.3, () => world.setClockBack(world.pick([500, 30_000]))],
  ])
}
