import type { Lines } from './lines'
import { beforeEach, expect, it } from 'vitest'
import { lineStreamIdOf } from '../../shared/domain/ids'
import { FakeMedia } from '../testing/FakeMedia'
import { VirtualClock } from '../testing/VirtualClock'
import { createLines, LINES_MAX } from './lines'

const OLGA = 'ulolga00000000'
const PETE = 'ulpete00000000'
const TTL_MS = 60_000

let clock: VirtualClock
let media: FakeMedia
let inRooms: Set<string>
let lines: Lines
beforeEach(() => {
  clock = new VirtualClock()
  media = new FakeMedia(clock.now)
  inRooms = new Set()
  lines = createLines({ media, isInRoom: userId => inRooms.has(userId), clock, log: { info: () => {}, error: fields => expect.unreachable(JSON.stringify(fields)) } })
  media.onEvent(event => lines.note(event.streamId.split('-')[1], event))
})

it('[LN20] a line may be published on for a while, until it is closed, and in a room', async () => {
  expect(lines.mayPublish(OLGA)).toBe(false)
  lines.open(OLGA, TTL_MS)
  expect([lines.mayPublish(OLGA), lines.mayPublish(PETE)]).toEqual([true, false])
  await clock.advance(TTL_MS - 1)
  expect(lines.mayPublish(OLGA)).toBe(true)
  await clock.advance(1)
  expect(lines.mayPublish(OLGA)).toBe(false)
  lines.open(OLGA, TTL_MS)
  lines.close(OLGA)
  expect(lines.mayPublish(OLGA)).toBe(false)
  expect(clock.pending).toBe(0)
  inRooms.add(OLGA)
  expect(lines.mayPublish(OLGA)).toBe(true)
})

it('[LN21] on air without a room, it is cut when its time is over; opened again it has it anew', async () => {
  lines.open(OLGA, TTL_MS)
  media.publish(lineStreamIdOf(OLGA))
  await clock.advance(TTL_MS - 1)
  lines.open(OLGA, TTL_MS)
  await clock.advance(TTL_MS - 1)
  expect([lines.sessionOf(OLGA), media.kicked]).toEqual(['session1', []])
  await clock.advance(1)
  expect([lines.sessionOf(OLGA), media.kicked]).toEqual([undefined, [lineStreamIdOf(OLGA)]])
})

it('[LN21] in a room it goes on when its time is over; what is not on air is not cut', async () => {
  lines.open(OLGA, TTL_MS)
  lines.open(PETE, TTL_MS)
  media.publish(lineStreamIdOf(OLGA))
  inRooms.add(OLGA)
  await clock.advance(TTL_MS)
  expect([lines.sessionOf(OLGA), media.kicked]).toEqual(['session1', []])
})

it('[LN21] a publication that was let in while its time was ending is cut', () => {
  media.publish(lineStreamIdOf(OLGA))
  expect(media.kicked).toEqual([lineStreamIdOf(OLGA)])
})

it('[LN21] the end of a publication that another has taken over changes nothing', () => {
  lines.open(OLGA, TTL_MS)
  const former = media.publish(lineStreamIdOf(OLGA))
  media.publish(lineStreamIdOf(OLGA))
  media.unpublish(lineStreamIdOf(OLGA), former)
  expect(lines.sessionOf(OLGA)).toBe('session2')
  media.unpublish(lineStreamIdOf(OLGA))
  expect(lines.sessionOf(OLGA)).toBeUndefined()
})

it('[LN22] one more than may be open closes the oldest, and cuts it where it is in no room', () => {
  for (const userId of [OLGA, PETE]) {
    lines.open(userId, TTL_MS)
    media.publish(lineStreamIdOf(userId))
  }
  for (let other = 2; other < LINES_MAX; other++)
    lines.open(`ulother${other}`, TTL_MS)
  lines.open(OLGA, TTL_MS) // the newest now
  expect([lines.mayPublish(PETE), media.kicked]).toEqual([true, []])
  lines.open('ulonemore', TTL_MS)
  expect([lines.mayPublish(OLGA), lines.mayPublish(PETE), media.kicked]).toEqual([true, false, [lineStreamIdOf(PETE)]])
  expect(clock.pending).toBe(LINES_MAX)
})

it('[LN24] it holds the stream of a line that may go on, and no other', () => {
  lines.open(OLGA, TTL_MS)
  inRooms.add(PETE)
  expect([OLGA, PETE, 'ulstranger0000'].map(userId => lines.holds(lineStreamIdOf(userId)))).toEqual([true, true, false])
  expect([`rroom0000001-${OLGA}`, 'rroom0000001-uanna', 'nonsense'].map(lines.holds)).toEqual([false, false, false])
})
