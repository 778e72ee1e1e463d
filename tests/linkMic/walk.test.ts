/** Seeded random walks of the app's sessions and the server's rooms over a bad network. */
import { expect, it } from 'vitest'
import { freshSeed } from '@/server/testing/seededRandom'
import { checkRest, checkServer } from './support/checkWalk'
import { Walk } from './support/Walk'

/** Walks that failed once stay here. */
const KEPT = [7007, 606213305, 2]
const STEPS = 2500
const REST_EVERY = 250

const ENDS = ['cancelled', 'declined', 'left', 'rejected', 'withdrawn', 'kicked', 'closed', 'expired', 'noStream', 'dropped']
const seen = new Set<string>()

it.each([...KEPT, freshSeed()])('[LM90] [LM91] walk %i of a dozen apps and a server', async (seed) => {
  const walk = new Walk(seed)
  await walk.start()
  let { stage } = await walk.server.record()
  for (let step = 1; step <= STEPS; step++) {
    await walk.step()
    stage = await checkServer(walk, stage)
    stage.endings.forEach(({ reason }) => seen.add(reason))
    if (step % REST_EVERY === 0) {
      await walk.rest()
      stage = await checkServer(walk, stage)
      await checkRest(walk)
      walk.net.isRough = true
    }
  }
  await walk.server.end()
  await walk.rest()
  expect([...walk.server.media.live]).toEqual([])
  for (const { session } of walk.pages.values())
    expect(session.state.value.publication.status).toBe('none')
  await walk.server.stop()
}, 120_000)

it('[LM90] [LM91] the walks have met every end', () => {
  expect(ENDS.filter(end => !seen.has(end))).toEqual([])
})
