import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../embedded/testing/until'
import { TAKEOVER_MS } from './takeovers'
import { SrsWorld, STREAM } from './testing/SrsWorld'

let world: SrsWorld
beforeEach(async () => {
  world = await new SrsWorld().open()
  await publishAs('old')
})
afterEach(() => world.close())

async function publishAs(clientId: string): Promise<number> {
  const code = await world.hook('publish', { client_id: clientId })
  if (code === 0)
    world.listed.set(STREAM, { cid: clientId })
  return code
}

describe('a second publisher on SRS', () => {
  it('[SR4] is let in when the first one, hung up on, has gone', async () => {
    expect(await publishAs('new')).toBe(0)
    expect(world.kicked).toEqual(['old'])
    expect(world.told()).toEqual(['publish old', 'publish new', 'unpublish old'])
  })

  it('[SR4] is kept out when the first one does not go, who may go later', async () => {
    world.onKick = () => {}
    const answer = publishAs('new')
    await until(() => world.kicked.length === 1)
    await world.clock.advance(TAKEOVER_MS)
    expect(await answer).toBe(403)
    expect(world.told()).toEqual(['publish old'])
    await world.hook('unpublish', { client_id: 'old' })
    expect(world.told()).toEqual(['publish old', 'unpublish old'])
  })

  it('[SR4] is let in at once when SRS has no such first one any more', async () => {
    world.listed.clear()
    expect(await publishAs('new')).toBe(0)
    expect(world.told()).toEqual(['publish old', 'publish new', 'unpublish old'])
  })

  it('[SR4] is kept out while SRS cannot be asked', async () => {
    world.fault = 'down'
    expect(await publishAs('new')).toBe(403)
    expect(world.told()).toEqual(['publish old'])
    expect(world.logLines.join()).toContain('could not be told to hang up')
  })

  it('[SR4] is followed by a third, one after the other', async () => {
    world.onKick = clientId => setTimeout(() => void world.hook('unpublish', { client_id: clientId }), 20)
    expect(await Promise.all([publishAs('second'), publishAs('third')])).toEqual([0, 0])
    expect(world.told()).toEqual(['publish old', 'publish second', 'unpublish old', 'publish third', 'unpublish second'])
  })

  it('[SR4] is not waited for when the server stops', async () => {
    world.onKick = () => {}
    const answer = publishAs('new')
    await until(() => world.kicked.length === 1)
    await world.media.close()
    expect(await answer).toBe(403)
  })
})
