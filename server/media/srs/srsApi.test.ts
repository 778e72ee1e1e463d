import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { API_TIMEOUT_MS } from './srsApi'
import { SrsWorld, STREAM } from './testing/SrsWorld'

let world: SrsWorld
beforeEach(async () => {
  world = await new SrsWorld().open({ isListening: false })
})
afterEach(() => world.close())

/** Streams of others, as many as fill pages. */
function crowd(count: number): void {
  for (let index = 0; index < count; index++)
    world.listed.set(`r${1000 + index}-u0000`, { cid: `c${index}` })
}

describe('the API of SRS', () => {
  it('[SR5] is told to hang up on the publisher of whom a hook has told', async () => {
    await world.hook('publish', { client_id: 'a1' })
    world.listed.set(STREAM, { cid: 'a1' })
    await world.provider.kick(STREAM)
    expect([world.kicked, world.asked]).toEqual([['a1'], ['DELETE /api/v1/clients/a1']])
  })

  it('[SR5] is asked for a publisher that nobody told of, page by page', async () => {
    crowd(250)
    world.listed.set(STREAM, { cid: 'a1' })
    expect(await world.provider.isLive(STREAM)).toBe(true)
    expect(world.asked).toHaveLength(3)
    await world.provider.kick(STREAM)
    expect(world.kicked).toEqual(['a1'])
  })

  it('[SR5] is asked again when the publisher of whom a hook told is another now', async () => {
    await world.hook('publish', { client_id: 'a1' })
    world.listed.set(STREAM, { cid: 'b2' })
    await world.provider.kick(STREAM)
    expect(world.kicked).toEqual(['b2'])
  })

  it('[SR5] is asked for fifty pages at most', async () => {
    crowd(5100)
    expect(await world.provider.isLive(STREAM)).toBe(false)
    expect(world.asked).toHaveLength(50)
  })

  it('[SR5] lists others\' streams and old ones, too, and nobody is hung up on for them', async () => {
    world.listed.set(STREAM, { cid: 'a1', active: false })
    world.listed.set('r23456-u34567', { cid: 'b2', app: 'other' })
    await world.provider.kick(STREAM)
    await world.provider.kick('r23456-u34567')
    expect([world.kicked, await world.provider.isLive(STREAM)]).toEqual([[], false])
  })

  it.each(['down', 'broken'] as const)('[SR5] that is %s makes a kick fail with a clear code', async (fault) => {
    await world.hook('publish')
    world.fault = fault
    await expect(world.provider.isLive('r23456-u34567')).rejects.toMatchObject({ code: 'CLOUD_UNAVAILABLE', status: 503 })
    if (fault === 'down')
      await expect(world.provider.kick(STREAM)).rejects.toMatchObject({ code: 'CLOUD_UNAVAILABLE' })
  })

  it('[SR5] is waited for two seconds, and not at all when the server stops', async () => {
    await world.hook('publish')
    world.fault = 'silent'
    const kick = world.provider.kick(STREAM)
    const isLate = expect(kick).rejects.toMatchObject({ code: 'CLOUD_UNAVAILABLE' })
    await world.clock.advance(API_TIMEOUT_MS)
    await isLate
    const another = expect(world.provider.kick(STREAM)).rejects.toMatchObject({ code: 'CLOUD_UNAVAILABLE' })
    await world.media.close()
    await another
    expect(world.clock.pending).toBe(0)
  })
})
