import { describe, expect, it } from 'vitest'
import { BadRequest, LinkMicRefused, Removed, RoomEnded, RoomNotFound, TextBlocked, TooManyRequests, TooManyRooms, Unavailable } from '../errors'
import { inOldCodes, refusalOf } from './refusals'
import { WeappCode, WeappError } from './WeappError'

describe('what is refused', () => {
  it.each([
    ['a room that is not there', RoomNotFound('rroom'), 204_003],
    ['a room that has ended', RoomEnded('rroom'), 204_003],
    ['who was sent out', Removed('rroom'), 204_003],
    ['bad words', TextBlocked(), 204_003],
    ['a full stage', LinkMicRefused('STAGE_FULL'), 203_007],
    ['somebody on stage already', LinkMicRefused('BUSY'), 203_005],
    ['one room too many', TooManyRooms(3), 203_002],
    ['too many requests', TooManyRequests(1000), 202_006],
    ['a host that is none', BadRequest('The Host header is not a host.'), 200_100],
    ['a server that stops', Unavailable('Stopping.'), 207_001],
    ['a code of its own', new WeappError(WeappCode.notMember, 'Not a member.'), 203_010],
  ])('[RS7] %s has its code', (_, error, code) => {
    expect(refusalOf(error, WeappCode.roomGone)).toMatchObject({ code, message: error.message })
  })

  it('[RS7] what the client did wrong by HTTP is a bad request, in our own words', () => {
    expect(refusalOf(Object.assign(new Error('invalid byte in "secret"'), { status: 400 }), WeappCode.roomGone)).toMatchObject({ code: 200_100, message: 'This request cannot be read.' })
  })

  it.each([new TypeError('x is undefined'), Object.assign(new Error('broken'), { status: 500 }), 'text', null])('[RS7] what nobody meant has none: %s', (error) => {
    expect(refusalOf(error, WeappCode.roomGone)).toBeUndefined()
  })

  it('[RS7] entering a room is refused with 203006 where there is nothing closer', () => {
    expect(() => inOldCodes(LinkMicRefused('GONE'))).toThrow(expect.objectContaining({ code: 203_006, message: expect.stringContaining('not agreed') }))
    expect(() => inOldCodes(new TypeError('x'))).toThrow(TypeError)
  })
})
