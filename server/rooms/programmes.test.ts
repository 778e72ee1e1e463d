import type { StageWorld } from './testing/StageWorld'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { programmeStreamIdOf } from '../../shared/domain/ids'
import { settled } from '../testing/VirtualClock'
import { anna, boris, openStageWorld } from './testing/StageWorld'

let world: StageWorld
beforeEach(async () => void (world = await openStageWorld()))
afterEach(() => world.close())

it('[PG10] a room takes no notice of its programme', async () => {
  const { id } = await world.goLive()
  await world.link(id, boris)
  const before = await world.rooms.get(id)
  const logged = [...world.logged]
  const sessionId = world.media.publish(programmeStreamIdOf(id))
  await settled()
  world.media.unpublish(programmeStreamIdOf(id), sessionId)
  await settled()
  expect(await world.rooms.get(id)).toEqual(before)
  expect([world.media.kicked, world.logged]).toEqual([[], logged])
})

it('[PG10] nobody may publish it, on stage or not', async () => {
  const { id } = await world.goLive()
  await world.link(id, boris)
  expect([`${id}-${anna.id}`, `${id}-${boris.id}`, programmeStreamIdOf(id)].map(world.rooms.canPublish)).toEqual([true, true, false])
})
