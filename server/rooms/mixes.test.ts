import type { Room } from '../../shared/protocol/rest'
import type { StageWorld } from './testing/StageWorld'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mixStreamIdOf, streamIdOf } from '../../shared/domain/ids'
import { DROP_GRACE_MS } from '../../shared/domain/linkMic'
import { settled } from '../testing/VirtualClock'
import { anna, boris, clara, openStageWorld } from './testing/StageWorld'

describe('the mix of a stage', () => {
  let world: StageWorld
  let room: Room
  let id: string
  let mixId: string
  let asked: string[]
  beforeEach(async () => {
    world = await openStageWorld({ canMix: true })
    room = await world.goLive()
    id = room.id
    mixId = mixStreamIdOf(id)
    asked = []
    const { mix, stopMix } = world.media
    world.media.mix = async (streamId, wish) => {
      asked.push(wish.guests.map(({ seat, hasPicture }) => `${seat}${hasPicture ? '' : ' heard'}`).join(', '))
      return mix(streamId, wish)
    }
    world.media.stopMix = async (streamId) => {
      asked.push('stop')
      return stopMix(streamId)
    }
  })
  afterEach(() => world.close())

  const guest = (user: typeof anna) => streamIdOf(id, user.id)

  it('[LM52] is asked for with the first guest\'s stream, follows who is there, and ends with the last', async () => {
    const boriss = await world.seat(id, boris)
    expect(asked).toEqual([]) // a seat has nothing to be mixed
    world.media.publish(guest(boris))
    await settled()
    expect(world.media.mixes.get(mixId)).toEqual({ anchorStreamId: room.streamId, guests: [{ streamId: guest(boris), seat: 1, hasPicture: true, hasSound: true }] })
    await world.link(id, clara)
    await world.say(id, boris, { type: 'leave', requestId: boriss })
    await settled()
    expect(asked).toEqual(['1', '1, 2', '2'])
    world.im.presence(id, clara, 'dropped') // the stream is still there
    await settled()
    await world.clock.advance(DROP_GRACE_MS)
    expect(asked).toEqual(['1', '1, 2', '2', 'stop'])
    expect(world.media.mixes.has(mixId)).toBe(false)
  })

  it('[LM52] is told who is only heard: voice guests, cameras that are off or muted', async () => {
    const requestId = await world.link(id, boris)
    await world.link(id, clara, 'voice')
    await world.say(id, boris, { type: 'report', requestId, isMicOn: false, isCameraOn: true }) // of no picture's concern
    await world.say(id, boris, { type: 'report', requestId, isMicOn: true, isCameraOn: false })
    await world.say(id, boris, { type: 'report', requestId, isMicOn: true, isCameraOn: true })
    await world.say(id, anna, { type: 'mute', userId: boris.id, requestId, isMicMuted: true, isCameraMuted: true })
    await settled()
    expect(asked).toEqual(['1', '1, 2 heard', '1 heard, 2 heard', '1, 2 heard', '1 heard, 2 heard'])
  })

  it('[LM52] pauses while the anchor is away, and ends with the room', async () => {
    await world.link(id, boris)
    world.media.unpublish(room.streamId)
    await settled()
    world.media.publish(room.streamId)
    await settled()
    await world.rooms.end(id, anna.id)
    await settled()
    expect(asked).toEqual(['1', 'stop', '1', 'stop'])
  })

  it('[LM52] a guest\'s takeover and a new version of the stage do not bother the engine', async () => {
    await world.link(id, boris)
    world.media.publish(guest(boris))
    await world.come(id, clara)
    await world.apply(id, clara)
    await settled()
    expect(asked).toEqual(['1'])
  })

  it('[LM52] the room is mixed while the mixed stream is there, and everybody hears when it comes and goes', async () => {
    await world.link(id, boris)
    const told = () => world.im.news.map(news => news.room.stage.isMixed)
    const before = told().length
    const first = world.media.publish(mixId)
    await settled()
    expect(await world.rooms.get(id)).toMatchObject({ stage: { isMixed: true } })
    expect(world.rooms.figures().linkMic.mixes).toBe(1)
    world.media.publish(mixId)
    world.media.unpublish(mixId, first)
    await settled()
    expect(told().slice(before)).toEqual([true])
    world.media.unpublish(mixId)
    await settled()
    expect(told().slice(before)).toEqual([true, false])
    expect((await world.view(id, boris)).link.status).toBe('linked')
  })

  it('[LM52] an engine that cannot mix is not asked to', async () => {
    const plain = await openStageWorld()
    const { id: other } = await plain.goLive()
    await plain.link(other, boris)
    expect(plain.media.mixes.size).toBe(0)
    await plain.close()
  })

  it('[LM52] an engine that fails is in the log, and the stage goes on', async () => {
    world.media.mix = async () => {
      throw new Error('no ffmpeg')
    }
    await world.link(id, boris)
    await settled()
    expect(world.logged.join('\n')).toContain('a stage could not be mixed')
    expect(await world.statusOf(id, boris)).toBe('linked')
  })
})
