import { expect, it } from 'vitest'
import { FakeMedia } from './testing/FakeMedia'
import { VirtualClock } from './testing/VirtualClock'
import { createTestStreams, TEST_STREAM_TTL_MS, TEST_STREAMS_MAX } from './testStreams'

const silent = { info: () => {}, error: () => {} }

it('[TL13] at most 500 are given at a time; whoever has one keeps it, and an end makes room', async () => {
  const clock = new VirtualClock()
  const media = new FakeMedia()
  const streams = createTestStreams({ clock, media, log: silent })
  const first = streams.open('ufirst')
  await clock.advance(1000)
  for (let i = 1; i < TEST_STREAMS_MAX; i++)
    streams.open(`uother${i}`)
  expect(() => streams.open('ulate')).toThrow(expect.objectContaining({ code: 'MEDIA_CAPACITY' }))
  expect(streams.open('uother1')).toBe('rtest-uother1')
  await clock.advance(TEST_STREAM_TTL_MS - 1000)
  expect(media.kicked).toEqual([first])
  expect(streams.canPublish(first)).toBe(false)
  expect(streams.open('ulate')).toBe('rtest-ulate')
})

it('[TL12] a server that stops leaves no timer behind', () => {
  const clock = new VirtualClock()
  const streams = createTestStreams({ clock, media: new FakeMedia(), log: silent })
  streams.open('uanna')
  expect(clock.pending).toBe(1)
  streams.close()
  expect(clock.pending).toBe(0)
  expect(streams.canPublish('rtest-uanna')).toBe(false)
})
