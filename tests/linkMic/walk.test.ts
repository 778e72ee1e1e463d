/** Seeded random walks of the app's sessions and the server's rooms over a bad network. */
import { expect, it } from 'vitest'
import { freshSeed } from '@/server/testing/seededRandom'
import { checkRest, checkServer } from './support/checkWalk'
import { Walk } from './support/Walk'

/** Walks that failed once stay here. */
const KEPT = [2, 7007, 606213305]
const STEPS = 1500
const REST_EVERY = 250

it.each([...KEPT, freshSeed()])('[LM90] [LM91] walk %i of a dozen apps and a server', async (seed) => {
  const walk = new Walk(seed)
  await walk.start()
  let { stage } = await walk.server.record()
  for (let step = 1; step <= STEPS; step++) {
    await walk.step()
    stage = await checkServer(walk, stage)
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
