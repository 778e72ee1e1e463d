import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CENSUS_MS } from './census'
import { SrsWorld, STREAM } from './testing/SrsWorld'

let world: SrsWorld
beforeEach(async () => {
  world = new SrsWorld()
})
afterEach(() => world.close())

const pass = (passes = 1) => world.clock.advance(passes * CENSUS_MS)
const warnings = () => world.logLines.filter(line => JSON.parse(line).level === 40)

describe('streams on SRS', () => {
  it('[SR7] that are live before anybody listens are told to who listens first', async () => {
    world.listed.set(STREAM, { cid: 'a1' })
    await world.open({ isListening: false })
    await pass()
    expect(world.asked).toEqual([])
    await world.listen()
    expect(world.told()).toEqual(['publish a1'])
    expect(await world.hook('unpublish', { client_id: 'a1' })).toBe(0)
    expect(world.told()).toEqual(['publish a1', 'unpublish a1'])
  })

  it('[SR6] whose beginning no hook told begin with the next census, those of whom it told once', async () => {
    await world.open()
    await world.hook('publish', { client_id: 'a1' })
    world.listed.set(STREAM, { cid: 'a1' })
    world.listed.set('r23456-u34567', { cid: 'b2' })
    await pass(3)
    expect(world.told()).toEqual(['publish a1', 'publish b2'])
  })

  it('[SR6] whose end no hook told end when they are missing twice', async () => {
    await world.open()
    await world.hook('publish', { client_id: 'a1' })
    await pass()
    world.listed.set(STREAM, { cid: 'a1' })
    await pass()
    world.listed.clear()
    await pass()
    expect(world.told()).toEqual(['publish a1'])
    await pass()
    expect(world.told()).toEqual(['publish a1', 'unpublish a1'])
  })

  it('[SR6] that were allowed and never came end, too', async () => {
    await world.open()
    await world.hook('publish', { client_id: 'a1' })
    await pass(2)
    expect(world.told()).toEqual(['publish a1', 'unpublish a1'])
  })

  it('[SR6] that another publishes than was told are taken over by that one', async () => {
    await world.open()
    await world.hook('publish', { client_id: 'a1' })
    world.listed.set(STREAM, { cid: 'b2' })
    await pass(2)
    expect(world.told()).toEqual(['publish a1', 'publish b2', 'unpublish a1'])
  })

  it('[SR6] that no room takes are hung up on, told of or not', async () => {
    await world.open()
    await world.hook('publish', { client_id: 'a1' })
    world.listed.set(STREAM, { cid: 'a1' }).set('r23456-u34567', { cid: 'b2' })
    world.refused.add(STREAM).add('r23456-u34567')
    await pass()
    expect(world.kicked.sort()).toEqual(['a1', 'b2'])
    expect(world.told()[0]).toBe('publish a1')
    expect(world.told()).not.toContain('publish b2')
  })

  it('[SR6] change nothing while SRS does not answer, which is told once, as its return is', async () => {
    await world.open()
    await world.hook('publish', { client_id: 'a1' })
    world.listed.set(STREAM, { cid: 'a1' })
    world.fault = 'down'
    await pass(4)
    world.fault = 'broken'
    await pass(4)
    expect(world.told()).toEqual(['publish a1'])
    expect(warnings()).toHaveLength(1)
    world.fault = null
    await pass(4)
    expect(world.told()).toEqual(['publish a1'])
    expect(world.logLines.filter(line => line.includes('SRS answers again'))).toHaveLength(1)
  })

  it('[SR9] of an SRS that cannot be reached at the start are told when it can', async () => {
    world.fault = 'down'
    world.listed.set(STREAM, { cid: 'a1' })
    await world.open()
    expect(await world.media.listen()).toBe(null)
    expect(warnings().join()).toContain('SRS_API_URL')
    world.fault = null
    await pass()
    expect(world.told()).toEqual(['publish a1'])
  })

  it('[SR6] are not asked for twice at a time, nor after a close', async () => {
    world.fault = 'silent'
    await world.open()
    await world.clock.advance(1000)
    expect(world.asked).toHaveLength(1)
    await world.media.close()
    await pass(5)
    expect([world.asked.length, world.clock.pending]).toEqual([1, 0])
  })
})
