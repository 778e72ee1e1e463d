import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, NOW } from '@/src/testing/fixtures'
import { settle } from '@/src/testing/virtualClock'
import { AudienceSession } from './AudienceSession'
import { RoomChannel } from './RoomChannel'

const roomId = 'rroom0000001'
const player = { start: vi.fn(), stop: vi.fn() }
let session: AudienceSession
let stop: () => void
function picture() {
  const state = session.state.value
  return state.status === 'watching' ? state.picture : undefined
}

beforeEach(async () => {
  vi.clearAllMocks()
  const { clock, imClient, roomApi } = fakes()
  roomApi.rooms = [aRoom()]
  const channel = new RoomChannel({ im: imClient, clock, random: () => 0.5, signIn: async () => {}, time: { observe: () => {} } })
  session = new AudienceSession({ api: roomApi, channel, clock, player }, roomId)
})

async function open() {
  stop = session.start()
  await settle()
}

describe('the audience\'s session', () => {
  it('[UI60] a picture that comes soon needs no words', async () => {
    await open()
    expect(player.start).toHaveBeenCalledTimes(1)
    await fakes().clock.advance(799)
    expect(picture()).toEqual({ status: 'waiting', patience: 'fresh', isRenewed: false })
    session.playerStatus('live')
    await fakes().clock.advance(10_000)
    expect(picture()).toEqual({ status: 'showing' })
  })

  it('[UI60] words after 800 ms, another try after 8 s, counted from the tap', async () => {
    const release = fakes().roomApi.hold('getRoom')
    await open()
    await fakes().clock.advance(800)
    expect(session.state.value).toMatchObject({ status: 'loading', patience: 'slow' })
    release()
    await settle()
    await fakes().clock.advance(7200)
    expect(picture()).toMatchObject({ patience: 'spent' })
    session.dispatch({ type: 'retry' })
    await settle()
    expect(picture()).toMatchObject({ status: 'waiting', patience: 'fresh' })
    expect(player.start).toHaveBeenCalledTimes(2)
  })

  it('[UI61] joining brings newer news of the room than fetching it did', async () => {
    fakes().imClient.joined = { room: aRoom({ status: 'ended' }), online: 0, messages: [] }
    await open()
    expect(session.state.value.status).toBe('ended')
    expect(player.stop).toHaveBeenCalledTimes(1)
    expect(fakes().imClient.roomId).toBeUndefined()
  })

  it('[UI63] a player that gave up starts again with fresh addresses', async () => {
    await open()
    session.playerProblem('REFUSED')
    session.playerStatus('failed')
    await settle()
    expect(fakes().roomApi.countOf('getRoom')).toBe(2)
    expect(player.start).toHaveBeenCalledTimes(2)
    session.playerProblem('UNSUPPORTED')
    session.playerStatus('failed')
    expect(picture()).toEqual({ status: 'failed', problem: 'UNSUPPORTED' })
  })

  it('[UI62] the room comes back', async () => {
    await open()
    session.playerStatus('live')
    fakes().imClient.receive({ type: 'roomChanged', seq: 1, at: NOW, room: aRoom({ status: 'interrupted' }) })
    session.playerStatus('interrupted')
    expect(picture()).toEqual({ status: 'away' })
    fakes().imClient.receive({ type: 'roomChanged', seq: 2, at: NOW, room: aRoom() })
    expect(player.start).toHaveBeenCalledTimes(2)
  })

  it('[UI59] stops twice, and nothing runs on', async () => {
    await open()
    stop()
    stop()
    expect(player.stop).toHaveBeenCalledTimes(1)
    expect(fakes().clock.pending).toBe(0)
    expect(fakes().imClient.listenerCount).toBe(0)
    session.dispatch({ type: 'retry' })
    expect(fakes().roomApi.countOf('getRoom')).toBe(1)
  })
})
