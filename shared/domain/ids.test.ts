import { describe, expect, it } from 'vitest'
import { createId, hasLine, LINE_ROOM_ID, parseStreamId, ROOM_ID, STREAM_ID, streamIdOf, TEST_ROOM_ID, testStreamIdOf, USER_ID } from './ids'

/** All byte values in turn. */
function counting(start = 0) {
  let next = start
  return (count: number) => Uint8Array.from({ length: count }, () => next++ & 0xFF)
}

describe('ids', () => {
  it('[RM9] every byte gives a letter that the patterns allow', () => {
    const random = counting()
    for (let i = 0; i < 64; i++) {
      expect(createId('u', random)).toMatch(USER_ID)
      expect(createId('r', random)).toMatch(ROOM_ID)
    }
  })

  it('[RM9] a stream id is put together and taken apart', () => {
    const roomId = createId('r', counting(1))
    const userId = createId('u', counting(99))
    expect(streamIdOf(roomId, userId)).toMatch(STREAM_ID)
    expect(parseStreamId(streamIdOf(roomId, userId))).toEqual({ roomId, userId })
  })

  it('[TL10] everybody has one test stream, under the id of no room', () => {
    const userId = createId('u', counting(7))
    expect(parseStreamId(testStreamIdOf(userId))).toEqual({ roomId: TEST_ROOM_ID, userId })
    expect(createId('r', counting()).length).toBeGreaterThan(TEST_ROOM_ID.length)
  })

  it('[LN19] who has a line has one stream in all rooms, and nobody else\'s id looks like theirs', () => {
    const olga = createId('ul', counting(9))
    expect(hasLine(olga)).toBe(true)
    for (const roomId of [createId('r', counting(1)), createId('r', counting(50))])
      expect(parseStreamId(streamIdOf(roomId, olga))).toEqual({ roomId: LINE_ROOM_ID, userId: olga })
    const random = counting()
    for (let i = 0; i < 64; i++)
      expect(hasLine(createId('u', random))).toBe(false)
    expect(createId('r', counting()).length).toBeGreaterThan(LINE_ROOM_ID.length)
  })

  it.each(['', 'rabc', 'rabc-', '-uabc', 'rabc-uabc-uabc', 'rabc_uabc', 'uabc-rabc', 'rabc-uabc/..', 'rabc-uabc\n', 'Rabc-uabc', `r${'a'.repeat(40)}-uabc`])('[RM9] %j is no stream id', (name) => {
    expect(parseStreamId(name)).toBeUndefined()
  })
})
