import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiFailure } from '@/src/ports/RoomApi'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, aUser, NOW } from '@/src/testing/fixtures'
import { settle } from '@/src/testing/virtualClock'
import { ENTRY_PATIENCE_MS, ONLINE_INTERVAL_MS, RoomChannel } from './RoomChannel'

const roomId = 'rroom0000001'
const said = { type: 'chat', seq: 1, id: 'm1', at: NOW, from: aUser(), text: 'hi' } as const
let channel: RoomChannel
const time = { observe: vi.fn() }
const signIn = vi.fn(async () => {})
const heard = { room: vi.fn(), online: vi.fn(), utterances: vi.fn(), history: vi.fn(), connection: vi.fn(), refused: vi.fn() }

beforeEach(() => {
  vi.clearAllMocks()
  const { clock, imClient } = fakes()
  channel = new RoomChannel({ im: imClient, clock, random: () => 0.5, signIn, time })
  channel.listen(heard)
})

describe('a room\'s channel', () => {
  it('[UI78] joining brings the room, the people and what was said', async () => {
    fakes().imClient.joined = { room: aRoom(), online: 7, messages: [said, { type: 'roomChanged', seq: 2, at: NOW, room: aRoom() }] }
    channel.enter(roomId)
    await settle()
    expect(heard.room).toHaveBeenCalledWith(aRoom())
    expect(heard.online).toHaveBeenCalledWith(7)
    expect(heard.history).toHaveBeenCalledWith([said])
  })

  it('[UI53] the room\'s news is told apart from what people say', async () => {
    const ended = aRoom({ status: 'ended' })
    channel.enter(roomId)
    await settle()
    heard.room.mockClear()
    fakes().imClient.receive(said, { type: 'roomEnded', seq: 2, at: NOW + 5, room: ended })
    expect(heard.utterances).toHaveBeenCalledWith([said])
    expect(heard.room.mock.calls).toEqual([[ended]])
    expect(time.observe).toHaveBeenLastCalledWith(NOW + 5)
  })

  it('[UI77] joining that fails for want of a network is tried again', async () => {
    fakes().imClient.nextFailure = 'NETWORK'
    channel.enter(roomId)
    await settle()
    expect(heard.history).not.toHaveBeenCalled()
    await fakes().clock.advance(1000)
    expect(heard.history).toHaveBeenCalledTimes(1)
  })

  it('[UI82] who speaks before the room lets in is heard once it does', async () => {
    fakes().imClient.nextFailure = 'NETWORK'
    channel.enter(roomId)
    await settle()
    const saying = channel.say('early')
    await settle()
    expect(fakes().imClient.sent).toEqual([])
    await fakes().clock.advance(1000)
    await saying
    expect(fakes().imClient.sent).toEqual(['early'])
    expect(fakes().clock.pending).toBe(0)
  })

  it('[UI82] but does not wait for ever, nor after leaving', async () => {
    signIn.mockImplementation(() => new Promise(() => {}))
    channel.enter(roomId)
    const patient = channel.say('too early')
    const left = channel.say('on the way out')
    const outcomes = Promise.allSettled([patient, left])
    await fakes().clock.advance(ENTRY_PATIENCE_MS)
    expect((await outcomes).map(outcome => outcome.status === 'rejected' && outcome.reason.code)).toEqual(['TIMEOUT', 'TIMEOUT'])
    const last = channel.say('gone').catch((failure: ApiFailure) => failure.code)
    channel.leave()
    expect(await last).toBe('NOT_IN_ROOM')
    expect(fakes().clock.pending).toBe(0)
    signIn.mockImplementation(async () => {})
  })

  it('[UI77] a room that refuses is not asked again', async () => {
    fakes().imClient.nextFailure = 'ROOM_ENDED'
    channel.enter(roomId)
    await settle()
    expect(heard.refused).toHaveBeenCalledWith('ROOM_ENDED')
    expect(fakes().clock.pending).toBe(0)
  })

  it('[MO43] who is sent away is told as refused, and the room is not asked again', async () => {
    channel.enter(roomId)
    await settle()
    fakes().imClient.setState({ status: 'refused', code: 'REMOVED' })
    await settle()
    expect(heard.refused).toHaveBeenCalledWith('REMOVED')
    expect(signIn).toHaveBeenCalledTimes(1)
    expect(fakes().clock.pending).toBe(0)
  })

  it('[UI80] a session that chat no longer takes is renewed once, and the room entered again', async () => {
    fakes().imClient.nextFailure = 'UNAUTHORIZED'
    channel.enter(roomId)
    await settle()
    expect(signIn.mock.calls).toEqual([[false], [true]])
    expect(heard.history).toHaveBeenCalledTimes(1)
    fakes().imClient.setState({ status: 'refused', code: 'UNAUTHORIZED' })
    await settle()
    expect(signIn).toHaveBeenCalledTimes(2)
  })

  it('[UI80] a session that expires while one watches is renewed too', async () => {
    channel.enter(roomId)
    await settle()
    fakes().imClient.setState({ status: 'refused', code: 'UNAUTHORIZED' })
    await settle()
    expect(signIn.mock.calls).toEqual([[false], [true]])
    expect(heard.connection).toHaveBeenCalledWith({ status: 'refused', code: 'UNAUTHORIZED' })
  })

  it('[UI77] a guest that cannot be made for want of a network is tried again', async () => {
    signIn.mockRejectedValueOnce(new ApiFailure('NETWORK', ''))
    channel.enter(roomId)
    await settle()
    await fakes().clock.advance(1000)
    expect(heard.history).toHaveBeenCalledTimes(1)
  })

  it('[UI79] the number of people is shown at most every two seconds, and the last one always', async () => {
    channel.enter(roomId)
    await settle()
    heard.online.mockClear()
    for (const online of [1, 2, 3])
      fakes().imClient.setOnline(online)
    expect(heard.online.mock.calls).toEqual([[1]])
    await fakes().clock.advance(ONLINE_INTERVAL_MS)
    expect(heard.online.mock.calls).toEqual([[1], [3]])
  })

  it('[UI59] left, it hears nothing, also not the answer it still waited for', async () => {
    const leave = channel.enter(roomId)
    leave()
    leave()
    await settle()
    fakes().imClient.receive(said)
    expect(heard.history).not.toHaveBeenCalled()
    expect(heard.utterances).not.toHaveBeenCalled()
    expect(fakes().imClient.listenerCount).toBe(0)
    expect(fakes().imClient.roomId).toBeUndefined()
  })

  it('[UI59] what leaves one room does not leave the next', async () => {
    const leave = channel.enter(roomId)
    channel.enter('rroom0000002')
    leave()
    await settle()
    expect(fakes().imClient.roomId).toBe('rroom0000002')
  })
})
