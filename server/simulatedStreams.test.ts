import type { SimulatedStreamsOptions } from './simulatedStreams'
import { expect, it, vi } from 'vitest'
import { SIMULATED_LEASE_MS } from '../shared/protocol/simulator'
import { createSimulatedStreams, SIMULATED_STREAMS_MAX } from './simulatedStreams'
import { VirtualClock } from './testing/VirtualClock'

const STREAM = 'rroom-uanna'

function setUp(change: Partial<SimulatedStreamsOptions> = {}) {
  const clock = new VirtualClock()
  const playing = new Map<string, () => void>()
  const playLoop = vi.fn((streamId: string, _file: Buffer, onEnded: () => void) => {
    playing.set(streamId, onEnded)
    return () => void playing.delete(streamId)
  })
  const streams = createSimulatedStreams({ clock, isLive: async () => false, readLoop: async () => Buffer.alloc(0), playLoop, ...change })
  return { clock, playing, playLoop, streams }
}

it('[SM2] a stream is lent for twenty seconds, and longer only to who asks again', async () => {
  const { clock, playing, playLoop, streams } = setUp()
  await streams.lend(STREAM)
  await clock.advance(SIMULATED_LEASE_MS - 1)
  await streams.lend(STREAM)
  await clock.advance(SIMULATED_LEASE_MS - 1)
  expect([...playing.keys()]).toEqual([STREAM])
  await clock.advance(1)
  expect([...playing.keys()]).toEqual([])
  expect(playLoop).toHaveBeenCalledOnce()
})

it('[SM2] given back it ends at once, and giving back what is not lent is nothing', async () => {
  const { clock, playing, streams } = setUp()
  streams.takeBack(STREAM)
  await streams.lend(STREAM)
  streams.takeBack(STREAM)
  expect([...playing.keys()]).toEqual([])
  await streams.lend(STREAM)
  await clock.advance(SIMULATED_LEASE_MS - 1)
  expect([...playing.keys()]).toEqual([STREAM])
})

it('[SM3] asked for twice at the same time it is played once', async () => {
  const { playLoop, streams } = setUp()
  await Promise.all([streams.lend(STREAM), streams.lend(STREAM)])
  expect(playLoop).toHaveBeenCalledOnce()
})

it('[SM3] a publication that is real is never taken over, not even by who had the loan before', async () => {
  let isLive = false
  const { playing, streams } = setUp({ isLive: async () => isLive })
  await streams.lend(STREAM)
  isLive = true
  await streams.lend(STREAM) // the one that lives is the loop
  playing.get(STREAM)!() // an encoder takes the stream over
  await expect(streams.lend(STREAM)).rejects.toMatchObject({ code: 'REPLACED', status: 409 })
})

it('[SM4] there is an end to what is lent at a time', async () => {
  const { streams } = setUp()
  for (let i = 0; i < SIMULATED_STREAMS_MAX; i++)
    await streams.lend(`rroom-uguest${i}`)
  await expect(streams.lend(STREAM)).rejects.toMatchObject({ code: 'MEDIA_CAPACITY', status: 503 })
  streams.takeBack('rroom-uguest0')
  await streams.lend(STREAM)
})

it('[SM4] the server\'s stop ends them all', async () => {
  const { playing, streams } = setUp()
  await streams.lend(STREAM)
  await streams.lend('rroom-uboris')
  streams.close()
  expect([...playing.keys()]).toEqual([])
})
